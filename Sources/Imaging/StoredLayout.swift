/// How an image lies in its file, as the file's header says.
struct StoredLayout: Equatable, Sendable {
  /// The columns, before the image is turned.
  let width: Int
  /// The rows, before the image is turned.
  let height: Int
  /// The samples of a decoded pixel: 1 for grey, 3 for RGB.
  let channels: Int
  /// How the image has to be turned to be upright.
  var orientation = Orientation.upright
  /// The bytes that decoding needs beside the samples.
  var bufferBytes = 0

  /// Throws `ImageError` where there is not enough memory to decode the image of `file` at its full size.
  func checkRoom(file: String) throws(ImageError) {
    try ImageLimits.checkRoom(
      width: width, height: height, channels: channels, orientation: orientation,
      bufferBytes: bufferBytes, file: file)
  }

  /// The columns of the upright image.
  var uprightWidth: Int { orientation.swapsSides ? height : width }
  /// The rows of the upright image.
  var uprightHeight: Int { orientation.swapsSides ? width : height }
}
