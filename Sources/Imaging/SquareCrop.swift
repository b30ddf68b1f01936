extension DecodedImage {
  /// Resizes the shorter side to `size` and cuts out the centre: `size` x `size` pixels of as many
  /// channels as the picture has.
  ///
  /// The filter is the antialiased triangle of Pillow's `resize(BILINEAR)`: first along the rows,
  /// then along the columns, rounded to bytes between. Sizes and the crop follow from the full size
  /// of the file, also where `image` is smaller. Only what the crop keeps is computed. Traps where
  /// `size` is below 1.
  public func squared(to size: Int) -> PixelImage {
    demand(size >= 1, "cannot resize to \(size) pixels")
    let geometry = ResizeGeometry(width: fullWidth, height: fullHeight, size: size)
    let scale = Double(eighths) / 8
    let across = ResampleWeights(
      inputCount: image.width, extent: Double(fullWidth) * scale,
      outputCount: geometry.resizedWidth, outputs: geometry.cropLeft..<geometry.cropLeft + size)
    let down = ResampleWeights(
      inputCount: image.height, extent: Double(fullHeight) * scale,
      outputCount: geometry.resizedHeight, outputs: geometry.cropTop..<geometry.cropTop + size)
    let rows = down.inputs
    return image.resampledAcross(across, rows: rows)
      .resampledDown(down, firstRow: rows.lowerBound)
  }

  /// Returns the same picture in one channel, as `PixelImage.grey()`.
  public func grey() -> DecodedImage {
    DecodedImage(
      image: image.grey(), fullWidth: fullWidth, fullHeight: fullHeight, eighths: eighths)
  }
}
