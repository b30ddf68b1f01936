import CCPU
import KernelTable
import Kernels

#if arch(x86_64)
  import KernelsAVX2
  import KernelsAVX512
  import KernelsAVX512BF16
#endif

/// An instruction set that the kernels are compiled for.
public enum Variant: String, CaseIterable, Sendable {
  /// What every processor of the architecture has: SSE2, or NEON.
  case baseline
  /// AVX2 with fused multiply-add.
  case avx2
  /// AVX-512 F, VL, DQ and BW.
  case avx512
  /// The same and AVX512_BF16: for `Precision.bfloat16`, as in Float it is no other than `avx512`.
  case avx512bf16
  /// The same and AMX, whose tiles multiply the bfloat16.
  case amx

  /// Whether this processor, and this build, have the variant's instructions; AMX's also whether the system lets
  /// the process use them and they make the bits of their definition.
  public var isSupported: Bool {
    switch self {
    case .baseline: true
    #if arch(x86_64)
      case .avx2: ccpu_has_avx2_fma() != 0
      case .avx512: ccpu_has_avx512() != 0 && ccpu_has_avx2_fma() != 0
      case .avx512bf16: ccpu_has_avx512_bf16() != 0 && Variant.avx512.isSupported
      case .amx: AMX.isSupported
    #else
      case .avx2, .avx512, .avx512bf16, .amx: false
    #endif
    }
  }

  /// Whether this processor computes the variant's numbers, if only from their definition: those of AMX are
  /// computed wherever AVX-512 is.
  public var isComputable: Bool { isSupported || self == .amx && Variant.avx512.isSupported }

  /// The variants whose numbers this processor computes.
  public static var computable: [Variant] { allCases.filter(\.isComputable) }

  /// The variants that this processor runs, slowest first.
  public static var supported: [Variant] { allCases.filter(\.isSupported) }

  /// The fastest variant that this processor runs, for Float.
  public static var best: Variant { best(for: .float32) }

  /// Returns the fastest variant that this processor runs for a precision.
  public static func best(for precision: Precision) -> Variant {
    // Whether there is AMX is found out only where it would be used.
    allCases.last { (!$0.isForBFloat16 || precision == .bfloat16) && $0.isSupported } ?? .baseline
  }

  /// Whether the variant multiplies bfloat16 by an instruction. The others compute the same products
  /// from their definition, and a step takes several times as long as in Float.
  public var multipliesBFloat16: Bool { isForBFloat16 && isSupported }

  private var isForBFloat16: Bool { self == .avx512bf16 || self == .amx }

  /// Returns whether another variant's numbers are the same to the last bit: those of AVX-512 are, for the
  /// vectors are as long, and what AVX512_BF16 multiplies has the bits of its definition. AMX sums products in
  /// another order.
  public func agrees(with other: Variant, in precision: Precision = .float32) -> Bool {
    let alike: Set<Variant> =
      precision == .float32 ? [.avx512, .avx512bf16, .amx] : [.avx512, .avx512bf16]
    return self == other || alike.isSuperset(of: [self, other])
  }

  /// Returns the variant that `DCGAN_VARIANT` names, or the best one for the precision where it names
  /// none.
  ///
  /// Throws `VariantError` where the name is unknown or the processor lacks the instructions.
  public static func selected(
    environment: [String: String], precision: Precision = .float32
  ) throws -> Variant {
    guard let name = environment["DCGAN_VARIANT"], !name.isEmpty else {
      return best(for: precision)
    }
    guard let variant = Variant(rawValue: name), variant.isComputable else {
      throw VariantError(name: name)
    }
    return variant
  }

  var kernels: KernelTable {
    #if arch(x86_64)
      switch self {
      case .baseline: Kernels.kernelTable
      case .avx2: KernelsAVX2.kernelTable
      case .avx512: KernelsAVX512.kernelTable
      case .avx512bf16: KernelsAVX512BF16.kernelTable
      case .amx: AMX.isSupported ? AMX.kernels : AMX.emulatedKernels
      }
    #else
      Kernels.kernelTable
    #endif
  }
}

/// `DCGAN_VARIANT` asked for kernels that cannot be had.
public struct VariantError: Error, Equatable, CustomStringConvertible {
  /// What the environment said.
  public let name: String

  /// The value, what this processor runs, and what to do, in words.
  public var description: String {
    let known = Variant(rawValue: name) != nil
    let choices = Variant.computable.map(\.rawValue).joined(separator: ", ")
    return known
      ? "DCGAN_VARIANT=\(name): this processor lacks the instructions; it can run \(choices)"
      : "DCGAN_VARIANT=\(name): no such variant; this processor can run \(choices)"
  }
}
