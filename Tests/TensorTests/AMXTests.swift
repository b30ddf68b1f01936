#if arch(x86_64)
  import KernelTable
  import Tensor
  import TestSupport
  import Testing

  /// Products of tiles by AMX's definition: where a processor has AMX, it is held to the same bits at every start.
  @Suite(.enabled(if: Variant.amx.isComputable, "no AVX-512"))
  struct AMXTests {
    /// Rows and columns of a square of tiles.
    private static let edge = 32

    /// Returns a number as TDPBF16PS makes it: of sixteen words at a time the sum of the lower halves' products and
    /// that of the upper ones', in ascending order, both together, and what was there.
    private func sum(
      _ start: Float, _ words: Int, _ a: (Int) -> Float, _ b: (Int) -> Float
    ) -> Float {
      var total = start
      for first in stride(from: 0, to: words, by: 16) {
        var (lower, upper) = (Float(0), Float(0))
        for word in first..<min(words, first + 16) {
          let (x, y) = (a(word).bitPattern, b(word).bitPattern)
          lower = lower.addingProduct(Float(bitPattern: x << 16), Float(bitPattern: y << 16))
          upper = upper.addingProduct(
            Float(bitPattern: x & 0xFFFF_0000), Float(bitPattern: y & 0xFFFF_0000))
        }
        total += lower + upper
      }
      return total
    }

    /// Returns words whose halves are numbers in bfloat16.
    private func words(_ count: Int, seed: UInt64) -> [Float] {
      let values = Tensor.random(Shape(1, 1, 2, count), seed: seed).values.map(\.bitPattern)
      return (0..<count).map {
        Float(bitPattern: values[$0] & 0xFFFF_0000 | values[count + $0] >> 16)
      }
    }

    private func withPointers(
      _ sources: [Source], _ destinations: [Destination],
      _ body: (UnsafePointer<Source>, UnsafePointer<Destination>) -> Void
    ) {
      sources.withUnsafeBufferPointer { sources in
        destinations.withUnsafeBufferPointer { destinations in
          guard let a = sources.baseAddress, let c = destinations.baseAddress else { return }
          body(a, c)
        }
      }
    }

    /// The tiles in memory, and the processor's where it has AMX.
    private var tables: [ProductTiles] {
      [AMX.emulatedKernels.winogradInBFloat16.tiles]
        + (Variant.amx.isSupported ? [AMX.kernels.winogradInBFloat16.tiles] : [])
    }

    /// Whole and short tiles, depths of whole and of broken tiles, rows far apart and out of order, and several
    /// runs.
    @Test(arguments: [1, 15, 16, 17, 48, 61], [false, true])
    func aSquareIsTheDefinitions(_ length: Int, _ isScattered: Bool) {
      for tiles in tables { check(tiles.narrow, length, isScattered: isScattered) }
    }

    private func check(_ tile: MatrixTile, _ length: Int, isScattered: Bool) {
      let (edge, runs) = (Self.edge, 2)
      let rows = (0..<edge).map { isScattered ? ($0 * 7 + 3) % edge : $0 }
      let (a, b) = (words(edge * runs * length, seed: 1), words(runs * length * edge, seed: 2))
      let start = Tensor.random(Shape(1, 1, edge, edge), seed: 3).values
      for (isShort, accumulate) in [(false, false), (false, true), (true, false), (true, true)] {
        var found = start
        a.withUnsafeBufferPointer { a in
          b.withUnsafeBufferPointer { b in
            found.withUnsafeMutableBufferPointer { c in
              guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else {
                return
              }
              withPointers(rows.map { a + $0 * runs * length }, rows.map { c + $0 * edge }) {
                (isShort ? tile.computeShortTile : tile.computeTile)(
                  TileRows($0, offset: 0), Runs(count: runs, length: length, stride: length),
                  TilePanel(b, ahead: b), TileResult($1, offset: 0, accumulate: accumulate))
              }
            }
          }
        }
        var expected = start
        for row in isShort ? Array(rows.prefix(edge / 2)) : rows {
          for column in 0..<edge {
            var total = accumulate ? start[row * edge + column] : 0
            for run in 0..<runs {
              total = sum(
                total, length, { a[(row * runs + run) * length + $0] },
                { b[(run * length + $0) * edge + column] })
            }
            expected[row * edge + column] = total
          }
        }
        #expect(found.map(\.bitPattern) == expected.map(\.bitPattern), "\(isShort) \(accumulate)")
      }
    }

    @Test(arguments: [1, 16, 37], [2, 4])
    func aRowOfTilesIsTheDefinitions(_ points: Int, _ tiles: Int) {
      for table in tables { check(table.outerProductTile(columns: 16 * tiles), points, tiles) }
    }

    /// Checks a grid of two rows, with points between them that do not count.
    private func check(_ tile: OuterProductTile, _ points: Int, _ tiles: Int) {
      let (mr, nr, rows, pitch) = (16, 16 * tiles, 2, points + 3)
      #expect(tile.mr == mr && tile.nr == nr)
      let (a, b) = (words(rows * pitch * mr, seed: 4), words(rows * pitch * nr, seed: 5))
      let start = Tensor.random(Shape(1, 1, mr, nr), seed: 6).values
      for accumulate in [false, true] {
        var found = start
        a.withUnsafeBufferPointer { a in
          b.withUnsafeBufferPointer { b in
            found.withUnsafeMutableBufferPointer { c in
              guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else {
                return
              }
              tile.computeTile(
                GridFactor(a, strides: GridStrides(row: pitch * mr, column: mr)),
                GridFactor(b, strides: GridStrides(row: pitch * nr, column: nr)),
                GridAhead(b, stride: 0),
                GridSize(rows: rows, columns: points),
                GridResult(c, stride: nr, accumulate: accumulate))
            }
          }
        }
        let expected = (0..<mr * nr).map { index in
          (0..<rows).reduce(accumulate ? start[index] : 0) { total, row in
            sum(
              total, points, { a[(row * pitch + $0) * mr + index / nr] },
              { b[(row * pitch + $0) * nr + index % nr] })
          }
        }
        #expect(found.map(\.bitPattern) == expected.map(\.bitPattern), "\(accumulate)")
      }
    }

    /// What the instruction is held to when the program starts: sums of all sizes, some below the normal range, none
    /// of them lost.
    @Test func theProductsOfTheCheckAreManyNumbers() {
      let tiles = tables[0]
      let found = AMX.products(tiles, depth: 41)
      #expect(found.count == 10 * 32 * 64 && Set(found).count > 32 * 64)
      #expect(found.allSatisfy { Float(bitPattern: $0).isNormal || Float(bitPattern: $0) == 0 })
      #expect(found == AMX.products(tiles, depth: 41))
      #expect(found != AMX.products(tiles, depth: 16))
    }

    /// Factors, products and sums below the normal range count as zero.
    @Test func subnormalNumbersAreZero() {
      let tile = tables[0].narrow
      // The halves of a word: 2⁻¹³⁰ is below the range, 2⁻⁷⁰ squared is.
      for (x, y) in [(Float(0x1p-130), Float(1)), (0x1p-70, 0x1p-70)] {
        let word = Float(bitPattern: x.bitPattern | x.bitPattern >> 16)
        let other = Float(bitPattern: y.bitPattern | y.bitPattern >> 16)
        let (a, b) = (
          Array(repeating: word, count: 32 * 16), Array(repeating: other, count: 32 * 16)
        )
        var found = Array(repeating: Float(3), count: 32 * 32)
        multiply(tile, a, b, 16, into: &found)
        #expect(found.allSatisfy { $0 == 3 })
      }
    }

    private func multiply(
      _ tile: MatrixTile, _ a: [Float], _ b: [Float], _ depth: Int, into c: inout [Float]
    ) {
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          c.withUnsafeMutableBufferPointer { c in
            guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else {
              return
            }
            withPointers((0..<32).map { a + $0 * depth }, (0..<32).map { c + $0 * 32 }) {
              tile.computeTile(
                TileRows($0, offset: 0), Runs(count: 1, length: depth, stride: depth),
                TilePanel(b, ahead: b), TileResult($1, offset: 0, accumulate: true))
            }
          }
        }
      }
    }

    @Test func itsNumbersAreNearTheOthers() throws {
      let first = ConvolutionCase.tested.first(where: \.isWinograd)
      let shape = try #require(first)
      let large = Tensor.random(shape.large, seed: 1)
      let filter = Tensor.random(shape.filter, seed: 3)
      func convolve(_ variant: Variant) -> [Float] {
        Backend(variant: variant, threads: 2, precision: .bfloat16)
          .convolve(large, filter, shape.geometry).values
      }
      let (amx, other) = (convolve(.amx), convolve(.avx512))
      #expect(amx != other)
      // Both multiply the same factors: only the sums are rounded otherwise.
      let bound = 1e-4 * (other.map(abs).max() ?? 0)
      #expect(zip(amx, other).allSatisfy { abs($0 - $1) <= bound })
    }

    @Test func amxIsComputedWhereThereIsNone() throws {
      let named = try Variant.selected(environment: ["DCGAN_VARIANT": "amx"], precision: .bfloat16)
      #expect(named == .amx && Variant.computable.contains(.amx))
      #expect(!Variant.amx.agrees(with: .avx512bf16, in: .bfloat16))
      #expect(Variant.amx.agrees(with: .avx512) && Variant.amx.agrees(with: .amx, in: .bfloat16))
    }
  }
#endif
