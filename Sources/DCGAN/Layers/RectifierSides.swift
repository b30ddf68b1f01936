import Support
import Tensor

/// On which side of its kink each rectifier of a network stood in a first pass, so that further passes
/// can keep to it: as long as no rectifier changes sides, the network is smooth.
final class RectifierSides {
  private var maps: [Tensor] = []
  private var next: Int?

  /// Begins a further pass, which keeps to the sides of the first.
  func beginFurtherPass() { next = 0 }

  /// Returns what is above zero where the next rectifier is: its argument x in the first pass, and that
  /// same tensor in further ones; traps where the passes do not have the same rectifiers.
  fileprivate func sides(of x: Tensor) -> Tensor {
    guard let place = next else {
      maps.append(x)
      return x
    }
    require(place < maps.count, "a further pass has more rectifiers than the first")
    requireEqual(maps[place].shape, x.shape, "the sides of a rectifier")
    next = place + 1
    return maps[place]
  }
}

extension ForwardPass {
  /// Applies an operation with a rectifier of this slope at its end; where rectifiers keep to sides,
  /// without one, a slope of 1, and the rectifier after it.
  func rectified(slope: Float, _ operation: (_ slope: Float) -> Variable) -> Variable {
    guard let rectifierSides, slope != 1 else { return operation(slope) }
    let (x, tape, backend) = (operation(1), tape, tape.backend)
    let (sides, target) = (rectifierSides.sides(of: x.value), x.target)
    // A rectifier is its own gradient: it multiplies by 1 or by the slope.
    func rectify(_ values: Tensor) -> Tensor {
      backend.leakyRectifierGradient(output: sides, values, slope: slope)
    }
    return tape.record(rectify(x.value), of: [x]) { [unowned tape] in
      tape.add(rectify($0), to: target)
    }
  }
}
