import DCGAN
import Distribution
import Files
import Foundation
import Tensor

extension RankFact {
  /// Lists what must be the same on all ranks, for all of them to compute the same bytes.
  ///
  /// Throws `VariantError`, and `FileError` where the program's own file cannot be read.
  static func ofThisProcess(arguments: [String]) throws -> [RankFact] {
    let sameProgram = "copy the same program to all machines"
    let variant = try Variant.selected(environment: ProcessInfo.processInfo.environment)
    return [
      RankFact("their version of the program", DCGANVersion.current, advice: sameProgram),
      RankFact("their build of the program", try ownChecksum(), advice: sameProgram),
      RankFact(
        "their kernels", (variant.agrees(with: .avx512) ? .avx512 : variant).rawValue,
        advice: "set DCGAN_VARIANT to kernels that all of the processors can run, such as baseline"),
      RankFact(
        "their arguments", withoutThreads(arguments).joined(separator: " "),
        advice: "give all of them the same; only --threads may differ"),
    ]
  }

  /// Leaves out how many threads compute, which changes no byte.
  package static func withoutThreads(_ arguments: [String]) -> [String] {
    var isValue = false
    return arguments.filter { argument in
      defer { isValue = argument == "--threads" }
      return !isValue && argument != "--threads" && !argument.hasPrefix("--threads=")
    }
  }

  /// Sums up the program's own file.
  private static func ownChecksum() throws -> String {
    guard let path = Bundle.main.executablePath else { return "" }
    let file = try FileReader(path: path)
    var checksum = Checksum()
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    for offset in stride(from: 0, to: file.size, by: piece.count) {
      let count = min(piece.count, file.size - offset)
      try piece.withUnsafeMutableBytes {
        let part = UnsafeMutableRawBufferPointer(rebasing: $0[..<count])
        try file.read(at: offset, into: part)
        checksum.add(UnsafeRawBufferPointer(part))
      }
    }
    return checksum.digits
  }
}
