import KernelTable

/// The mr × 2 accumulators of a matrix tile, as named values so that they live in registers.
struct Tile {
  private var c00 = Vector(repeating: 0)
  private var c01 = Vector(repeating: 0)
  private var c10 = Vector(repeating: 0)
  private var c11 = Vector(repeating: 0)
  private var c20 = Vector(repeating: 0)
  private var c21 = Vector(repeating: 0)
  private var c30 = Vector(repeating: 0)
  private var c31 = Vector(repeating: 0)
  private var c40 = Vector(repeating: 0)
  private var c41 = Vector(repeating: 0)
  private var c50 = Vector(repeating: 0)
  private var c51 = Vector(repeating: 0)
  #if KERNELS_AVX512
    private var c60 = Vector(repeating: 0)
    private var c61 = Vector(repeating: 0)
    private var c70 = Vector(repeating: 0)
    private var c71 = Vector(repeating: 0)
  #endif

  @inline(__always) init() {}

  /// Adds the outer product of six scalars and one row of B.
  @inline(__always)
  mutating func add(
    _ a0: Float, _ a1: Float, _ a2: Float, _ a3: Float, _ a4: Float, _ a5: Float,
    _ b0: Vector, _ b1: Vector
  ) {
    add(a0, a1, a2, a3, b0, b1)
    Self.addRow(&c40, &c41, a4, b0, b1)
    Self.addRow(&c50, &c51, a5, b0, b1)
  }

  /// Adds to the first four rows alone.
  @inline(__always)
  mutating func add(
    _ a0: Float, _ a1: Float, _ a2: Float, _ a3: Float, _ b0: Vector, _ b1: Vector
  ) {
    Self.addRow(&c00, &c01, a0, b0, b1)
    Self.addRow(&c10, &c11, a1, b0, b1)
    Self.addRow(&c20, &c21, a2, b0, b1)
    Self.addRow(&c30, &c31, a3, b0, b1)
  }

  #if KERNELS_AVX512
    /// Adds what two scalars more make of the same row of B.
    @inline(__always)
    mutating func add(_ a6: Float, _ a7: Float, _ b0: Vector, _ b1: Vector) {
      Self.addRow(&c60, &c61, a6, b0, b1)
      Self.addRow(&c70, &c71, a7, b0, b1)
    }
  #endif

  @inline(__always)
  private static func addRow(
    _ first: inout Vector, _ second: inout Vector, _ a: Float, _ b0: Vector, _ b1: Vector
  ) {
    let broadcast = Vector(repeating: a)
    multiplyAdd(&first, broadcast, b0)
    multiplyAdd(&second, broadcast, b1)
  }

  /// Starts from the mr rows that the pointers name, or from the first four of them.
  @inline(__always)
  mutating func load(_ rows: UnsafePointer<Destination>, _ offset: Int, isShort: Bool) {
    Self.loadRow(&c00, &c01, rows[0] + offset)
    Self.loadRow(&c10, &c11, rows[1] + offset)
    Self.loadRow(&c20, &c21, rows[2] + offset)
    Self.loadRow(&c30, &c31, rows[3] + offset)
    if isShort { return }
    Self.loadRow(&c40, &c41, rows[4] + offset)
    Self.loadRow(&c50, &c51, rows[5] + offset)
    #if KERNELS_AVX512
      Self.loadRow(&c60, &c61, rows[6] + offset)
      Self.loadRow(&c70, &c71, rows[7] + offset)
    #endif
  }

  /// Starts from mr rows, `stride` apart, or from the first four of them.
  @inline(__always)
  mutating func load(_ c: Destination, stride: Int, isShort: Bool) {
    Self.loadRow(&c00, &c01, c)
    Self.loadRow(&c10, &c11, c + stride)
    Self.loadRow(&c20, &c21, c + 2 &* stride)
    Self.loadRow(&c30, &c31, c + 3 &* stride)
    if isShort { return }
    Self.loadRow(&c40, &c41, c + 4 &* stride)
    Self.loadRow(&c50, &c51, c + 5 &* stride)
    #if KERNELS_AVX512
      Self.loadRow(&c60, &c61, c + 6 &* stride)
      Self.loadRow(&c70, &c71, c + 7 &* stride)
    #endif
  }

  @inline(__always)
  private static func loadRow(_ first: inout Vector, _ second: inout Vector, _ row: Destination) {
    first = loadVector(row)
    second = loadVector(row, width)
  }

  /// Writes the mr rows that the pointers name, or the first four of them.
  @inline(__always)
  func store(_ rows: UnsafePointer<Destination>, _ offset: Int, isShort: Bool) {
    Self.storeRow(c00, c01, rows[0] + offset)
    Self.storeRow(c10, c11, rows[1] + offset)
    Self.storeRow(c20, c21, rows[2] + offset)
    Self.storeRow(c30, c31, rows[3] + offset)
    if isShort { return }
    Self.storeRow(c40, c41, rows[4] + offset)
    Self.storeRow(c50, c51, rows[5] + offset)
    #if KERNELS_AVX512
      Self.storeRow(c60, c61, rows[6] + offset)
      Self.storeRow(c70, c71, rows[7] + offset)
    #endif
  }

  /// Writes mr rows, `stride` apart, or the first four of them.
  @inline(__always)
  func store(_ c: Destination, stride: Int, isShort: Bool) {
    Self.storeRow(c00, c01, c)
    Self.storeRow(c10, c11, c + stride)
    Self.storeRow(c20, c21, c + 2 &* stride)
    Self.storeRow(c30, c31, c + 3 &* stride)
    if isShort { return }
    Self.storeRow(c40, c41, c + 4 &* stride)
    Self.storeRow(c50, c51, c + 5 &* stride)
    #if KERNELS_AVX512
      Self.storeRow(c60, c61, c + 6 &* stride)
      Self.storeRow(c70, c71, c + 7 &* stride)
    #endif
  }

  @inline(__always)
  private static func storeRow(_ first: Vector, _ second: Vector, _ row: Destination) {
    storeVector(first, row)
    storeVector(second, row, width)
  }
}
