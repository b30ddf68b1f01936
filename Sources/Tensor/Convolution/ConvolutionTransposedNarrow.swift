import KernelTable

extension Backend {
  /// Computes a transposed convolution with so few channels that all s·s phases of a point fit into
  /// one panel of the matrix kernel.
  ///
  /// The point (y, x) of the small map then stands for the block of s·s points of the large map
  /// from (y·s, x·s) on. Its window is the union of the phases' windows, and a phase's filter has
  /// zeros where the window reaches further than the phase: more multiplications than phase by
  /// phase, but no lanes that compute nothing.
  func convolveNarrow(
    _ small: Tensor, _ filter: Tensor, _ geometry: ConvolutionGeometry, into large: Tensor
  ) {
    let blocks = PhaseBlocks(large: large, small: small, geometry: geometry)
    let panels = packBlocks(filter, blocks)
    let plan = BandPlan(
      images: small.shape.batch, height: blocks.height, points: blocks.width, step: 1,
      target: pointsPerPiece)
    let bandCount = plan.imagesPerPiece * blocks.band(0..<plan.rowsPerPiece).count
    let valuesPerPoint = panels.columns
    let points = plan.imagesPerPiece * plan.rowsPerPiece * blocks.width
    let scratch = reserveScratch(bandCount + points * valuesPerPoint)
    let product = TileProduct(runs: blocks.runs, panels: panels)
    pool.parallelFor(plan.count) { piece, worker in
      let (images, rows) = plan.piece(piece)
      let results = scratch[worker] + bandCount
      let capacity = images.count * rows.count * blocks.width + product.tile.mr
      withRowPointers(capacity) { a, c in
        let count = blocks.collect(
          images: images, rows: rows, scratch: scratch[worker], a: a)
        for row in 0..<count { c[row] = results + row * valuesPerPoint }
        product.multiply(count: count, a: a, c: c)
      }
      blocks.scatter(results, images: images, rows: rows)
    }
  }

  /// Packs the matrix `[window rows · window columns · O, s·s·I]` of all phases.
  private func packBlocks(_ filter: Tensor, _ blocks: PhaseBlocks) -> PackedPanels {
    let (inputs, outputs) = (filter.shape.width, filter.shape.channels)
    let (k, s) = (blocks.geometry.kernelSize, blocks.geometry.stride)
    let panels = PackedPanels(
      depth: blocks.windowExtent * blocks.windowExtent * outputs, columns: s * s * inputs,
      for: kernels.matrix)
    let target = panels.panel(0)
    target.update(repeating: 0, count: panels.depth * panels.nr)
    for index in 0..<blocks.windowExtent * blocks.windowExtent * s * s {
      let (window, phase) = index.quotientAndRemainder(dividingBy: s * s)
      let a = blocks.tap(window: window / blocks.windowExtent, phase: phase / s)
      let b = blocks.tap(window: window % blocks.windowExtent, phase: phase % s)
      guard (0..<k).contains(a), (0..<k).contains(b) else { continue }
      let source = filter.pointer + (a * k + b) * inputs * outputs
      for o in 0..<outputs {
        let row = target + (window * outputs + o) * panels.nr + phase * inputs
        for i in 0..<inputs { row[i] = source[i * outputs + o] }
      }
    }
    return panels
  }
}

/// The blocks of s·s points of the large map, and the windows of the small map that they see.
private struct PhaseBlocks {
  let large: Tensor
  let small: Tensor
  let geometry: ConvolutionGeometry

  /// Rows of blocks.
  var height: Int { (large.shape.height + geometry.stride - 1) / geometry.stride }
  /// Columns of blocks.
  var width: Int { (large.shape.width + geometry.stride - 1) / geometry.stride }

  /// The first row or column that block 0 sees.
  private var first: Int {
    geometry.padding / geometry.stride - geometry.kernelSize / geometry.stride + 1
  }

  /// Rows, and columns, that a block sees.
  var windowExtent: Int {
    (geometry.stride - 1 + geometry.padding) / geometry.stride - first + 1
  }

  /// The tap that a place of the window meets at a phase; outside the filter where there is none.
  func tap(window: Int, phase: Int) -> Int {
    phase + geometry.padding - (window + first) * geometry.stride
  }

  /// The part of a small image that rows of blocks see.
  func band(_ rows: Range<Int>) -> Band {
    Band(
      rows: rows.lowerBound + first..<rows.upperBound - 1 + first + windowExtent,
      columns: first..<width - 1 + first + windowExtent, channels: small.shape.channels)
  }

  /// The runs of a window in a band.
  var runs: Runs {
    Runs(
      count: windowExtent, length: windowExtent * small.shape.channels,
      stride: band(0..<1).rowStride)
  }

  /// Copies the bands of one piece and lists its windows; returns how many.
  func collect(
    images: Range<Int>, rows: Range<Int>, scratch: UnsafeMutablePointer<Float>,
    a: UnsafeMutablePointer<Source>
  ) -> Int {
    let band = band(rows)
    var count = 0
    for (index, image) in images.enumerated() {
      let target = scratch + index * band.count
      band.copy(
        small.pointer + image * (small.shape.count / small.shape.batch), of: small.shape, to: target
      )
      for y in rows {
        for x in 0..<width {
          a[count] = UnsafePointer(target + band.offset(row: y + first, column: x + first))
          count += 1
        }
      }
    }
    return count
  }

  /// Writes the blocks of one piece, `[point][phase][channel]`, to their places.
  func scatter(_ results: UnsafeMutablePointer<Float>, images: Range<Int>, rows: Range<Int>) {
    let (s, channels) = (geometry.stride, large.shape.channels)
    var block = results
    for image in images {
      for y in rows {
        for x in 0..<width {
          for phase in 0..<s * s {
            let (row, column) = (y * s + phase / s, x * s + phase % s)
            if row < large.shape.height && column < large.shape.width {
              let point = (image * large.shape.height + row) * large.shape.width + column
              let target = large.pointer + point * channels
              for c in 0..<channels { target[c] = block[phase * channels + c] }
            }
          }
          block += s * s * channels
        }
      }
    }
  }
}
