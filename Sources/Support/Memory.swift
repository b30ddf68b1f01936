import Foundation

/// Returns whether the system would give so much memory at this moment; an array that it refuses ends
/// the process.
package func isThereRoom(for bytes: Int) -> Bool {
  let room = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
  guard let room, room != MAP_FAILED else { return false }
  munmap(room, bytes)
  return true
}
