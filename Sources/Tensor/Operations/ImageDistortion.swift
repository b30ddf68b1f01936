import Support

/// How one image of a batch is changed: brighter, with more contrast, moved, with a hole.
public struct ImageDistortion: Equatable, Sendable {
  /// A rectangle of rows and columns.
  public struct Hole: Equatable, Sendable {
    /// Its rows, those outside the image being of no effect.
    public var rows: Range<Int>
    /// Its columns, likewise.
    public var columns: Range<Int>

    /// Makes a rectangle.
    public init(rows: Range<Int>, columns: Range<Int>) {
      self.rows = rows
      self.columns = columns
    }
  }

  /// What is added to every pixel.
  public var brightness: Float
  /// By what the distance of every pixel from the image's mean is multiplied.
  public var contrast: Float
  /// Rows by which the image moves down; zeros come in from the other side.
  public var down: Int
  /// Columns by which it moves to the right, likewise.
  public var right: Int
  /// What becomes zero after that.
  public var hole: Hole?

  /// Makes a distortion; without arguments it changes nothing.
  public init(
    brightness: Float = 0, contrast: Float = 1, down: Int = 0, right: Int = 0, hole: Hole? = nil
  ) {
    self.brightness = brightness
    self.contrast = contrast
    self.down = down
    self.right = right
    self.hole = hole
  }
}

extension Backend {
  /// Returns each image of a batch, distorted by its own distortion.
  ///
  /// With m the mean of the image x over all pixels and channels, c the contrast and b the
  /// brightness, `c·(x − m) + m + b` is moved, and then the hole is cut. Traps where the counts differ.
  ///
  /// - Parameter x: `[n, height, width, channels]`.
  public func distort(_ x: Tensor, by distortions: [ImageDistortion]) -> Tensor {
    let start = operationStart
    defer { report("distortion", since: start, [x.shape]) }
    let y = makeTensor(uninitialized: x.shape)
    forEachImage(of: x, to: y, distortions) { image, distortion, destination in
      let mean = distortion.contrast == 1 ? 0 : image.mean
      image.move(
        to: destination, down: distortion.down, right: distortion.right,
        factor: distortion.contrast,
        addend: Float((1 - Double(distortion.contrast)) * mean + Double(distortion.brightness)))
      if let hole = distortion.hole { destination.clear(rows: hole.rows, columns: hole.columns) }
    }
    return y
  }

  /// Returns the gradient of `distort` with respect to its argument.
  ///
  /// With g the result's gradient, zero in the hole and moved back, it is `c·g + (1 − c)·mean(g)`.
  /// Traps where the counts differ.
  public func distortGradient(_ dy: Tensor, by distortions: [ImageDistortion]) -> Tensor {
    let start = operationStart
    defer { report("distortion gradient", since: start, [dy.shape]) }
    let dx = makeTensor(uninitialized: dy.shape)
    forEachImage(of: dy, to: dx, distortions) { gradient, distortion, destination in
      let (down, right) = (-distortion.down, -distortion.right)
      gradient.move(to: destination, down: down, right: right, factor: 1, addend: 0)
      if let hole = distortion.hole {
        destination.clear(rows: hole.rows.moved(by: down), columns: hole.columns.moved(by: right))
      }
      guard distortion.contrast != 1 else { return }
      destination.move(
        to: destination, down: 0, right: 0, factor: distortion.contrast,
        addend: Float((1 - Double(distortion.contrast)) * destination.mean))
    }
    return dx
  }

  private func forEachImage(
    of x: Tensor, to y: Tensor, _ distortions: [ImageDistortion],
    _ body: (ImagePlane, ImageDistortion, ImagePlane) -> Void
  ) {
    require(
      distortions.count == x.shape.batch,
      "\(distortions.count) distortions for \(x.shape.batch) images")
    pool.parallelFor(x.shape.batch) { image, _ in
      body(ImagePlane(x, image), distortions[image], ImagePlane(y, image))
    }
  }
}

/// An image of a batch, by its address.
private struct ImagePlane {
  private let pixels: UnsafeMutablePointer<Float>
  private let height: Int
  private let width: Int
  private let channels: Int

  init(_ batch: Tensor, _ image: Int) {
    (height, width, channels) = (batch.shape.height, batch.shape.width, batch.shape.channels)
    pixels = batch.pointer + image * height * width * channels
  }

  /// The mean over all pixels and channels.
  var mean: Double {
    let count = height * width * channels
    var sum = 0.0
    for index in 0..<count { sum += Double(pixels[index]) }
    return sum / Double(count)
  }

  /// Writes `factor·x + addend` of each pixel so many rows further down and columns further right, and
  /// zeros where no pixel comes to; without a move the destination may be the image itself.
  func move(to destination: ImagePlane, down: Int, right: Int, factor: Float, addend: Float) {
    let columns = (0..<width).moved(by: right).clamped(to: 0..<width)
    for row in 0..<height {
      let target = destination.pixels + row * width * channels
      guard (0..<height).contains(row - down) && !columns.isEmpty else {
        target.update(repeating: 0, count: width * channels)
        continue
      }
      let source = pixels + ((row - down) * width + columns.lowerBound - right) * channels
      let first = columns.lowerBound * channels
      let count = columns.count * channels
      for index in 0..<count { target[first + index] = factor * source[index] + addend }
      target.update(repeating: 0, count: first)
      (target + first + count).update(repeating: 0, count: width * channels - first - count)
    }
  }

  /// Sets the part of a rectangle that lies within the image to zero.
  func clear(rows: Range<Int>, columns: Range<Int>) {
    let columns = columns.clamped(to: 0..<width)
    for row in rows.clamped(to: 0..<height) {
      (pixels + (row * width + columns.lowerBound) * channels)
        .update(repeating: 0, count: columns.count * channels)
    }
  }
}

extension Range<Int> {
  /// The range, so much further on.
  fileprivate func moved(by distance: Int) -> Range<Int> {
    lowerBound + distance..<upperBound + distance
  }
}
