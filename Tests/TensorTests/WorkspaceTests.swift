import Tensor
import Testing

@Suite struct WorkspaceTests {
  private let backend = Backend(variant: .baseline, threads: 1)

  /// Takes a workspace, gives it back, and returns where it was.
  private func place(_ count: Int) -> UnsafeMutablePointer<Float> {
    let storage = backend.takeWorkspace(count)
    return withExtendedLifetime(storage) { storage.pointer }
  }

  @Test func theNextOperationTakesTheSameMemory() {
    let first = place(5000)
    #expect(place(5000) == first)
    #expect(place(70) == first)
    #expect(place(5000) == first)
  }

  @Test func itGrows() {
    _ = place(100)
    let storage = backend.takeWorkspace(9000)
    #expect(storage.count == 9000)
  }

  @Test func whatIsHeldIsNotHandedOutAgain() {
    let (held, other) = (backend.takeWorkspace(1000), backend.takeWorkspace(1000))
    #expect(held.pointer != other.pointer)
    let third = backend.takeWorkspace(10)
    #expect(third.pointer != other.pointer && third.pointer != held.pointer)
  }
}
