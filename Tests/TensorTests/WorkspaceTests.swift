import Tensor
import Testing

@Suite struct WorkspaceTests {
  @Test func itIsKeptForTheNextOperation() {
    let backend = Backend(variant: .baseline, threads: 1)
    _ = backend.takeWorkspace(5000)
    #expect(backend.takeWorkspace(70).count == 5000)
    #expect(backend.takeWorkspace(9000).count == 9000)
    #expect(backend.takeWorkspace(5000).count == 9000)
  }

  @Test func whatIsHeldIsNotHandedOutAgain() {
    let backend = Backend(variant: .baseline, threads: 1)
    let storages = (0..<3).map { _ in backend.takeWorkspace(1000) }
    withExtendedLifetime(storages) {
      #expect(Set(storages.map(\.pointer)).count == 3)
    }
  }

  /// An operation uses the workspace, and has the same result whatever another one left in it.
  @Test(arguments: ConvolutionCase.tested.filter(\.isWinograd))
  func itsContentDoesNotMatter(_ shape: ConvolutionCase) {
    let large = Tensor.random(shape.large, seed: 1)
    let small = Tensor.random(shape.small, seed: 2)
    let filter = Tensor.random(shape.filter, seed: 3)
    let operations: [(Backend) -> Tensor] = [
      { $0.convolve(large, filter, shape.geometry) },
      { $0.convolveTransposed(small, filter, shape.geometry) },
      {
        let gradient = Tensor(repeating: 0, shape: shape.filter)
        $0.addFilterGradient(large: large, small: small, shape.geometry, to: gradient)
        return gradient
      },
    ]
    for variant in Variant.supported {
      for (index, operation) in operations.enumerated() {
        let (fresh, used) = (
          Backend(variant: variant, threads: 2), Backend(variant: variant, threads: 2)
        )
        let expected = operation(fresh).values
        let count = fresh.takeWorkspace(1).count
        #expect(count > 1, "\(variant), operation \(index)")
        used.takeWorkspace(count).pointer.update(repeating: .nan, count: count)
        // Of whole arrays the difference would be printed, at length.
        let isSame = operation(used).values == expected
        #expect(isSame, "\(variant), operation \(index)")
      }
    }
  }
}
