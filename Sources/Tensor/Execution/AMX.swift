#if arch(x86_64)
  import CCPU
  import KernelTable
  import KernelsAVX512
  import KernelsAVX512BF16

  /// The kernels that multiply bfloat16 in the tiles of AMX, by the instruction or by its definition.
  package enum AMX {
    /// Whether the processor has AMX, the system lets this process use it, and it makes the bits of its
    /// definition.
    static let isSupported =
      Variant.avx512bf16.isSupported && ccpu_take_amx_bf16() != 0 && agreesWithDefinition

    /// The kernels with the instruction.
    static var kernels: KernelTable {
      KernelsAVX512BF16.kernelTable.named(
        Variant.amx.rawValue, multiplyingBFloat16By: KernelsAVX512BF16.amxTiles)
    }

    /// The kernels that compute the same numbers without it.
    package static var emulatedKernels: KernelTable {
      let (table, tiles) =
        Variant.avx512bf16.isSupported
        ? (KernelsAVX512BF16.kernelTable, KernelsAVX512BF16.emulatedAMXTiles)
        : (KernelsAVX512.kernelTable, KernelsAVX512.emulatedAMXTiles)
      return table.named(Variant.amx.rawValue, multiplyingBFloat16By: tiles)
    }

    /// Whether the instruction makes the bits of its definition in products of random numbers, of whole tiles
    /// and of parts.
    private static var agreesWithDefinition: Bool {
      let (found, expected) = (KernelsAVX512BF16.amxTiles, KernelsAVX512BF16.emulatedAMXTiles)
      return [16, 41].allSatisfy { depth in
        products(found, depth: depth) == products(expected, depth: depth)
      }
    }

    /// Returns the bits of a square of 32 rows and columns and of a row of four tiles, of words that depend on
    /// the depth alone.
    package static func products(_ tiles: ProductTiles, depth: Int) -> [UInt32] {
      var random = RandomWords(state: UInt32(depth))
      let edge = tiles.narrow.mr
      let (a, b) = (random.words(edge * depth), random.words(2 * edge * depth))
      var sums = random.numbers(edge * edge)
      var row = random.numbers(edge / 2 * 2 * edge)
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          guard let a = a.baseAddress, let b = b.baseAddress else { return }
          sums.withUnsafeMutableBufferPointer { sums in
            guard let c = sums.baseAddress else { return }
            withRowPointers(edge, tiles.narrow) { rows, results in
              for index in 0..<edge {
                rows[index] = a + index * depth
                results[index] = c + index * edge
              }
              tiles.narrow.computeTile(
                TileRows(rows, offset: 0), Runs(count: 1, length: depth, stride: depth),
                TilePanel(b, ahead: b), TileResult(results, offset: 0, accumulate: true))
            }
          }
          row.withUnsafeMutableBufferPointer { row in
            guard let c = row.baseAddress else { return }
            let tile = tiles.outerProductTile(columns: 2 * edge)
            tile.computeTile(
              GridFactor(a, strides: GridStrides(row: 0, column: edge)),
              GridFactor(b, strides: GridStrides(row: 0, column: 2 * edge)),
              GridAhead(b, stride: 0), GridSize(rows: 1, columns: depth),
              GridResult(c, stride: 2 * edge, accumulate: true))
          }
        }
      }
      return (sums + row).map(\.bitPattern)
    }
  }

  /// A source of words of bfloat16, and of Floats, of very different sizes.
  private struct RandomWords {
    var state: UInt32

    /// Returns words whose halves are numbers between 2⁻⁸ and 2⁸ of either sign.
    mutating func words(_ count: Int) -> [Float] {
      (0..<count).map { _ in Float(bitPattern: half() << 16 | half()) }
    }

    /// Returns Floats of the same sizes.
    mutating func numbers(_ count: Int) -> [Float] {
      (0..<count).map { _ in Float(bitPattern: half() << 16 | next() >> 16) }
    }

    private mutating func half() -> UInt32 {
      let bits = next()
      return (bits >> 31) << 15 | (119 + (bits >> 12 & 15)) << 7 | bits >> 20 & 127
    }

    /// Steps a linear congruential generator (Press et al., Numerical Recipes, §7.1).
    private mutating func next() -> UInt32 {
      state = state &* 1_664_525 &+ 1_013_904_223
      return state
    }
  }
#endif
