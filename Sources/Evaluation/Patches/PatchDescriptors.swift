import Tensor

/// Cuts patches out of a level of many pictures' pyramids, as rows of a matrix.
struct PatchDescriptors {
  /// The side of a patch (Karras et al. 2018: 7).
  static let side = 7

  /// The level's side.
  let levelSide: Int
  /// Which level of how many.
  let level: (index: Int, count: Int)
  /// The channels of a pixel.
  let channels: Int
  /// Patches of each picture.
  let patchesPerImage: Int
  /// Where the patches lie: numbers 2j and 2j + 1 are the left and the upper edge of patch j.
  let places: RandomStream

  /// The numbers of a patch.
  var length: Int { Self.side * Self.side * channels }

  /// Returns the patches `[n·patchesPerImage, 1, 1, 7·7·channels]` of a set, each channel shifted and
  /// scaled to mean 0 and standard deviation 1 over the whole set; a channel of one value becomes 0.
  ///
  /// Patch j of every set lies in the same place of picture `j / patchesPerImage`.
  func matrix(of set: ImageSet, _ pool: ThreadPool) -> Tensor {
    let matrix = Tensor(uninitialized: Shape(set.count * patchesPerImage, 1, 1, length))
    var moments = [Moments](repeating: Moments(), count: set.count * channels)
    moments.withUnsafeMutableBufferPointer { moments in
      pool.parallelFor(set.count) { image, _ in
        cut(image, of: set, into: matrix.pointer)
        for channel in 0..<channels {
          moments[image * channels + channel] = Moments(
            matrix.pointer + image * patchesPerImage * length + channel,
            count: patchesPerImage * length / channels, stride: channels)
        }
      }
    }
    let scales = (0..<channels).map { channel in
      stride(from: channel, to: moments.count, by: channels).reduce(into: Moments()) {
        $0.add(moments[$1])
      }.scale
    }
    pool.parallelFor(set.count) { image, _ in
      let rows = matrix.pointer + image * patchesPerImage * length
      for position in 0..<patchesPerImage * length {
        let (mean, factor) = scales[position % channels]
        rows[position] = Float((Double(rows[position]) - mean) * factor)
      }
    }
    return matrix
  }

  private func cut(_ image: Int, of set: ImageSet, into matrix: UnsafeMutablePointer<Float>) {
    let picture = SampleMap(set.images[image], channels: channels)
    let map = LaplacianPyramid.level(level.index, of: level.count, picture)
    let rowLength = Self.side * channels
    map.values.withUnsafeBufferPointer { values in
      guard let source = values.baseAddress else { return }
      for patch in image * patchesPerImage..<(image + 1) * patchesPerImage {
        let room = levelSide - Self.side + 1
        let x = places.integer(below: room, at: UInt64(2 * patch))
        let y = places.integer(below: room, at: UInt64(2 * patch + 1))
        for row in 0..<Self.side {
          (matrix + patch * length + row * rowLength).update(
            from: source + ((y + row) * levelSide + x) * channels, count: rowLength)
        }
      }
    }
  }
}

/// The sums from which mean and standard deviation follow.
private struct Moments {
  private var count = 0.0
  private var sum = 0.0
  private var squares = 0.0

  init() {}

  init(_ values: UnsafePointer<Float>, count: Int, stride: Int) {
    self.count = Double(count)
    for index in 0..<count {
      let value = Double(values[index * stride])
      sum += value
      squares += value * value
    }
  }

  mutating func add(_ other: Moments) {
    count += other.count
    sum += other.sum
    squares += other.squares
  }

  /// The mean, and one over the standard deviation, or 0 where nothing deviates.
  var scale: (mean: Double, factor: Double) {
    let mean = sum / count
    let variance = squares / count - mean * mean
    return (mean, variance > 1e-12 * mean * mean ? 1 / variance.squareRoot() : 0)
  }
}
