/// One filled table of vector kernels, as each instruction-set variant exports it.
public struct KernelTable: Sendable {
  /// The variant's name: `baseline`, `avx2` or `avx512`.
  public let name: String

  /// Makes a table.
  public init(name: String) { self.name = name }
}
