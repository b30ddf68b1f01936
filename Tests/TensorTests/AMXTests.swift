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

    /// Numbers as TDPBF16PS has them, one lane after another: sums of the lower halves' products and of the upper
    /// ones', in ascending order, over sixteen words; both together; and what was there.
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

    private var emulated: ProductTiles { AMX.emulatedKernels.winogradInBFloat16.tiles }

    /// Whole and short tiles, depths of whole and of broken tiles, rows far apart and out of order, and several
    /// runs.
    @Test(arguments: [1, 15, 16, 17, 48, 61], [false, true])
    func aSquareIsTheDefinitions(_ length: Int, _ isScattered: Bool) {
      let (edge, runs, tile) = (Self.edge, 2, emulated.narrow)
      let rows = (0..<edge).map { isScattered ? ($0 * 7 + 3) % edge : $0 }
      let (a, b) = (words(edge * runs * length, seed: 1), words(runs * length * edge, seed: 2))
      let start = Tensor.random(Shape(1, 1, edge, edge), seed: 3).values
      for (isShort, accumulate) in [(false, false), (false, true), (true, true)] {
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
      let (mr, nr) = (16, 16 * tiles)
      let tile = emulated.outerProductTile(columns: nr)
      #expect(tile.mr == mr && tile.nr == nr)
      let (a, b) = (words(points * mr, seed: 4), words(points * nr, seed: 5))
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
                GridFactor(a, strides: GridStrides(row: 0, column: mr)),
                GridFactor(b, strides: GridStrides(row: 0, column: nr)), GridAhead(b, stride: 0),
                GridSize(rows: 1, columns: points),
                GridResult(c, stride: nr, accumulate: accumulate))
            }
          }
        }
        let expected = (0..<mr * nr).map { index in
          sum(
            accumulate ? start[index] : 0, points, { a[$0 * mr + index / nr] },
            { b[$0 * nr + index % nr] })
        }
        #expect(found.map(\.bitPattern) == expected.map(\.bitPattern), "\(accumulate)")
      }
    }

    /// What the instruction is held to when the program starts: sums of all sizes, none of them lost.
    @Test func theProductsOfTheCheckAreManyNumbers() {
      let found = AMX.products(emulated, depth: 41)
      #expect(found.count == 32 * 32 + 16 * 64 && Set(found).count > found.count * 9 / 10)
      #expect(found.allSatisfy { Float(bitPattern: $0).isNormal })
      #expect(found == AMX.products(emulated, depth: 41))
      #expect(found != AMX.products(emulated, depth: 16))
    }

    @Test func itsNumbersAreNearTheOthers() {
      let shape = ConvolutionCase.tested.first(where: \.isWinograd)
      guard let shape else { return }
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

    @Test func onlyAMXsOwnKernelsAreChosenByThemselves() throws {
      #expect(Variant.computable.contains(.amx))
      #expect(Variant.amx.multipliesBFloat16 == Variant.amx.isSupported)
      #expect(!Variant.amx.agrees(with: .avx512bf16) && Variant.amx.agrees(with: .amx))
      let named = try Variant.selected(environment: ["DCGAN_VARIANT": "amx"], precision: .bfloat16)
      #expect(named == .amx)
      #expect(Variant.amx.isSupported || Variant.best(for: .bfloat16) != .amx)
    }
  }
#endif
