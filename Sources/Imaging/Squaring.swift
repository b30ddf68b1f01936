import Support

extension DecodedImage {
  /// Makes a square of `size` x `size` pixels of as many channels as the image has: of its centre, of
  /// the whole between black bars or of the whole stretched, as `fit` says.
  ///
  /// The filter is the antialiased triangle of Pillow's `resize(BILINEAR)`: first along the rows,
  /// then along the columns, rounded to bytes between. Sizes and the crop follow from the full size
  /// of the file, also where `image` is smaller. Only what is seen is computed. Traps where `size` is
  /// below 1.
  public func squared(to size: Int, fit: ImageFit = .crop) -> PixelImage {
    require(size >= 1, "cannot resize to \(size) pixels")
    let geometry = ResizeGeometry(width: fullWidth, height: fullHeight, size: size, fit: fit)
    let scale = Double(eighths) / 8
    let across = ResampleWeights(
      inputCount: image.width, extent: Double(fullWidth) * scale,
      isAtEnd: orientation.startsAcrossAtEnd, outputCount: geometry.resizedWidth,
      outputs: geometry.columns)
    let down = ResampleWeights(
      inputCount: image.height, extent: Double(fullHeight) * scale,
      isAtEnd: orientation.startsDownAtEnd, outputCount: geometry.resizedHeight,
      outputs: geometry.rows)
    let rows = down.inputs
    let seen = image.resampledAcross(across, rows: rows)
      .resampledDown(down, firstRow: rows.lowerBound)
    guard seen.width < size || seen.height < size else { return seen }
    var square = Canvas(width: size, height: size, channels: seen.channels, background: 0)
    square.draw(seen, x: geometry.padLeft, y: geometry.padTop)
    return square.image
  }

  /// Returns the same image in one channel, as `PixelImage.grey()`.
  public func grey() -> DecodedImage {
    DecodedImage(self, replacingPixelsBy: image.grey())
  }
}
