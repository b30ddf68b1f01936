import Foundation

/// Returns whether the system would give so much memory at this moment; an array that it refuses ends
/// the process.
package func isThereRoom(for bytes: Int) -> Bool {
  let room = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
  guard let room, room != MAP_FAILED else { return false }
  munmap(room, bytes)
  return true
}

/// The bytes of memory that this process may use: those of the machine, or fewer where a batch system or
/// a container limits them.
package var usableMemory: Int {
  min(Int(clamping: ProcessInfo.processInfo.physicalMemory), controlGroupLimit() ?? .max)
}

/// Returns the least limit of memory of this process's control group and of those above it; nil where none
/// has one, or there are no such groups.
///
/// - Parameters:
///   - root: The folder of all groups.
///   - membership: The file that lists the groups of this process.
package func controlGroupLimit(
  root: String = "/sys/fs/cgroup", membership: String = "/proc/self/cgroup"
) -> Int? {
  func read(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }
  let limits = (read(membership) ?? "").split(separator: "\n").flatMap { line -> [Int] in
    let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard fields.count == 3 else { return [] }
    let isFirstVersion = fields[1].split(separator: ",").contains("memory")
    guard isFirstVersion || fields[1].isEmpty else { return [] }
    let top = isFirstVersion ? "\(root)/memory" : root
    let name = isFirstVersion ? "memory.limit_in_bytes" : "memory.max"
    let parts = fields[2].split(separator: "/")
    return (0...parts.count).compactMap { depth in
      let folder = parts.prefix(depth).map { "/" + $0 }.joined()
      return read("\(top)\(folder)/\(name)").flatMap {
        Int($0.trimmingCharacters(in: .whitespacesAndNewlines))
      }
    }
  }
  return limits.filter { $0 > 0 }.min()
}
