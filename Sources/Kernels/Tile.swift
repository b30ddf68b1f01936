import KernelTable

// mr × 2 registers: twelve accumulators, two of B and one broadcast fill the sixteen registers of
// SSE and AVX, and twelve independent sums hide the multiply-add's latency. AVX-512 has thirty-two
// registers: mr × 4 of them need ten loads for 24 multiply-adds where mr × 2 need eight for twelve.

/// Rows of a tile.
let mr = 6

/// Rows of a short tile. Its eight sums all but hide the multiply-add's latency, and tiles of six
/// rows and of four make up any even number of rows from four on.
let shortRows = 4

/// The registers that hold a row of a tile, or of a panel.
protocol Registers {
  /// How many there are.
  static var count: Int { get }

  /// Makes a row of zeros.
  init()

  /// Loads a row from any address.
  init(from p: Source)

  /// Stores the row to any address.
  func store(to p: Destination)

  /// Adds a scalar, or a word of bfloat16, times another row.
  mutating func add(_ scalar: Float, times row: Self)
}

/// How the words of a row are multiplied.
protocol Multiplication {
  /// Adds the products of the words of two registers to a register of sums.
  static func add(_ sums: inout Vector, _ a: Vector, _ b: Vector)
}

/// The multiplication of words that are Floats.
enum SinglePrecision: Multiplication {
  @inline(__always)
  static func add(_ sums: inout Vector, _ a: Vector, _ b: Vector) { multiplyAdd(&sums, a, b) }
}

/// A row of a tile of two registers.
struct TwoRegisters<Word: Multiplication>: Registers {
  private var a = Vector(repeating: 0)
  private var b = Vector(repeating: 0)

  static var count: Int {
    @inline(__always) get { 2 }
  }

  @inline(__always) init() {}

  @inline(__always)
  init(from p: Source) {
    a = loadVector(p)
    b = loadVector(p, width)
  }

  @inline(__always)
  func store(to p: Destination) {
    storeVector(a, p)
    storeVector(b, p, width)
  }

  @inline(__always)
  mutating func add(_ scalar: Float, times row: Self) {
    let broadcast = Vector(repeating: scalar)
    Word.add(&a, broadcast, row.a)
    Word.add(&b, broadcast, row.b)
  }
}

#if KERNELS_AVX512
  /// A row of a tile of four registers.
  struct FourRegisters<Word: Multiplication>: Registers {
    private var first = TwoRegisters<Word>()
    private var second = TwoRegisters<Word>()

    static var count: Int {
      @inline(__always) get { 4 }
    }

    @inline(__always) init() {}

    @inline(__always)
    init(from p: Source) {
      first = TwoRegisters(from: p)
      second = TwoRegisters(from: p + 2 &* width)
    }

    @inline(__always)
    func store(to p: Destination) {
      first.store(to: p)
      second.store(to: p + 2 &* width)
    }

    @inline(__always)
    mutating func add(_ scalar: Float, times row: Self) {
      first.add(scalar, times: row.first)
      second.add(scalar, times: row.second)
    }
  }
#endif

/// The accumulators of a matrix tile, as named values so that they live in registers.
struct Tile<Row: Registers> {
  private var c0 = Row()
  private var c1 = Row()
  private var c2 = Row()
  private var c3 = Row()
  private var c4 = Row()
  private var c5 = Row()

  @inline(__always) init() {}

  /// Adds the outer product of six scalars and one row of B.
  @inline(__always)
  mutating func add(
    _ a0: Float, _ a1: Float, _ a2: Float, _ a3: Float, _ a4: Float, _ a5: Float, _ b: Row
  ) {
    add(a0, a1, a2, a3, b)
    c4.add(a4, times: b)
    c5.add(a5, times: b)
  }

  /// Adds to the first four rows alone.
  @inline(__always)
  mutating func add(_ a0: Float, _ a1: Float, _ a2: Float, _ a3: Float, _ b: Row) {
    c0.add(a0, times: b)
    c1.add(a1, times: b)
    c2.add(a2, times: b)
    c3.add(a3, times: b)
  }

  /// Starts from the mr rows that the pointers name, or from the first four of them.
  @inline(__always)
  mutating func load(_ rows: UnsafePointer<Destination>, _ offset: Int, isShort: Bool) {
    c0 = Row(from: rows[0] + offset)
    c1 = Row(from: rows[1] + offset)
    c2 = Row(from: rows[2] + offset)
    c3 = Row(from: rows[3] + offset)
    if isShort { return }
    c4 = Row(from: rows[4] + offset)
    c5 = Row(from: rows[5] + offset)
  }

  /// Starts from mr rows, `stride` apart, or from the first four of them.
  @inline(__always)
  mutating func load(_ c: Destination, stride: Int, isShort: Bool) {
    c0 = Row(from: c)
    c1 = Row(from: c + stride)
    c2 = Row(from: c + 2 &* stride)
    c3 = Row(from: c + 3 &* stride)
    if isShort { return }
    c4 = Row(from: c + 4 &* stride)
    c5 = Row(from: c + 5 &* stride)
  }

  /// Writes the mr rows that the pointers name, or the first four of them.
  @inline(__always)
  func store(_ rows: UnsafePointer<Destination>, _ offset: Int, isShort: Bool) {
    c0.store(to: rows[0] + offset)
    c1.store(to: rows[1] + offset)
    c2.store(to: rows[2] + offset)
    c3.store(to: rows[3] + offset)
    if isShort { return }
    c4.store(to: rows[4] + offset)
    c5.store(to: rows[5] + offset)
  }

  /// Writes mr rows, `stride` apart, or the first four of them.
  @inline(__always)
  func store(_ c: Destination, stride: Int, isShort: Bool) {
    c0.store(to: c)
    c1.store(to: c + stride)
    c2.store(to: c + 2 &* stride)
    c3.store(to: c + 3 &* stride)
    if isShort { return }
    c4.store(to: c + 4 &* stride)
    c5.store(to: c + 5 &* stride)
  }
}
