import CFuzzer
import Foundation
import FuzzTargets

/// The target that the process was started for; libFuzzer's callback takes no context.
nonisolated(unsafe) private var target = FuzzTarget.jpeg

/// Writes the target's first inputs to a new folder, from which libFuzzer makes all others.
private func writeSeeds() throws -> String {
  let folder = FileManager.default.temporaryDirectory.appending(path: "fuzz-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  for (index, seed) in try target.seeds().enumerated() {
    try Data(seed).write(to: folder.appending(path: "seed-\(index)"))
  }
  return folder.path
}

/// Runs libFuzzer on a target; what it finds is written as `crash-…` to the current folder.
private func fuzz(_ options: [String]) throws -> Int32 {
  let corpus = try writeSeeds()
  defer { try? FileManager.default.removeItem(atPath: corpus) }
  let words = [CommandLine.arguments[0]] + options + [corpus]
  var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
  var count = Int32(words.count)
  return arguments.withUnsafeMutableBufferPointer { buffer in
    var start = buffer.baseAddress
    return LLVMFuzzerRunDriver(&count, &start) { bytes, count in
      let input = Array(UnsafeBufferPointer(start: bytes, count: count))
      if let complaint = target.complaint(about: input) {
        FileHandle.standardError.write(Data("\(target.rawValue): \(complaint)\n".utf8))
        abort()
      }
      return 0
    }
  }
}

let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
guard let chosen = CommandLine.arguments.dropFirst().first.flatMap(FuzzTarget.init) else {
  FileHandle.standardError.write(Data("expected a target: \(names)\n".utf8))
  exit(2)
}
target = chosen
exit(try fuzz(Array(CommandLine.arguments.dropFirst(2))))
