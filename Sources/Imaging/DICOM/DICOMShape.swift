/// How large an image becomes when its pixels, which may be longer than wide or wider than long, are made
/// square: the side that has too few of them gets more.
struct DICOMShape: Equatable, Sendable {
  let width: Int
  let height: Int

  /// Pixels that differ by less than this share are taken as square: spacings are measured.
  private static let tolerance = 0.01

  /// Works the size out, for which spacings come first, as viewers have it, and then a ratio.
  init(_ dataSet: DICOMDataSet, _ pixels: DICOMPixels) throws(DICOMProblem) {
    let ratio = try Self.ratio(dataSet)
    let (columns, rows) = (Double(pixels.columns), Double(pixels.rows))
    // Beyond any limit of an image's size, and within that of an `Int`.
    let most = 1e9
    width = ratio < 1 - Self.tolerance ? Int(min(most, columns / ratio).rounded()) : pixels.columns
    height = ratio > 1 + Self.tolerance ? Int(min(most, rows * ratio).rounded()) : pixels.rows
  }

  /// Returns how many times as long as wide a pixel is; 1 where nothing, or no sense, is said.
  private static func ratio(_ dataSet: DICOMDataSet) throws(DICOMProblem) -> Double {
    let measures = try dataSet.item(of: .sharedGroups)?.item(of: .pixelMeasures)
    let pairs = [
      dataSet.decimals(.pixelSpacing), measures?.decimals(.pixelSpacing),
      dataSet.decimals(.imagerPixelSpacing), dataSet.decimals(.scannedPixelSpacing),
      dataSet.decimals(.pixelAspectRatio),
    ]
    for case let pair? in pairs where pair.count == 2 && pair[0] > 0 && pair[1] > 0 {
      return pair[0] / pair[1]
    }
    return 1
  }

  /// Returns an image of the file's columns and rows in this size.
  func squared(_ image: PixelImage) -> PixelImage {
    guard (image.width, image.height) != (width, height) else { return image }
    let across = ResampleWeights(
      inputCount: image.width, extent: Double(image.width), outputCount: width, outputs: 0..<width)
    let down = ResampleWeights(
      inputCount: image.height, extent: Double(image.height), outputCount: height,
      outputs: 0..<height)
    return image.resampledAcross(across, rows: 0..<image.height).resampledDown(down, firstRow: 0)
  }
}
