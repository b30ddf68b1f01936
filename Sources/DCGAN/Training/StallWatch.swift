import Imaging
import Tensor

/// Notices training that goes on and leads nowhere, and says each of two things once: that the
/// discriminator has won, and that the generator has collapsed.
package struct StallWatch {
  /// A loss of the discriminator that is near zero: D(x) above and D(G(z)) below half a percent.
  static let lowLoss: Float = 0.01
  /// Steps that are looked back upon.
  static let window = 100
  /// Of those, how many must have a low loss.
  static let lowSteps = 95
  /// Generated images that differ by less than this share of the real ones' difference are alike.
  static let alike = 0.05
  /// Before so many steps a generator draws nothing but grey, which is no collapse.
  static let firstStep = 200

  private var lossesWereLow: [Bool] = []
  private var hasWarnedOfLoss = false
  private var sheetWasAlike = false
  private var hasWarnedOfCollapse = false

  /// Begins to watch a run.
  package init() {}

  /// Returns a warning where D's loss was below `lowLoss` in `lowSteps` of the last `window` steps.
  package mutating func warning(after step: Metrics) -> String? {
    guard !hasWarnedOfLoss else { return nil }
    if lossesWereLow.count == Self.window { lossesWereLow.removeFirst() }
    lossesWereLow.append(step.lossD < Self.lowLoss)
    guard lossesWereLow.count(where: { $0 }) >= Self.lowSteps else { return nil }
    hasWarnedOfLoss = true
    return
      "step \(step.step): the discriminator's loss is stuck near zero (below \(Self.lowLoss) in "
      + "\(Self.lowSteps) of the last \(lossesWereLow.count) steps): it tells every fake apart and "
      + "the generator learns nothing more; try another --run with a smaller --ndf or --lr, a "
      + "larger --ngf, or more images"
  }

  /// Returns a warning where the generated images of this and of the last epoch's end hardly differed
  /// from one another, measured by the real ones.
  package mutating func warning(after step: Int, sheet: [PixelImage], real: [PixelImage]) -> String?
  {
    guard !hasWarnedOfCollapse, step >= Self.firstStep else { return nil }
    let spread = Spread.levels(of: sheet)
    let realSpread = Spread.levels(of: real)
    let isAlike = spread < Self.alike * realSpread
    defer { sheetWasAlike = isAlike }
    guard isAlike && sheetWasAlike else { return nil }
    hasWarnedOfCollapse = true
    return "step \(step): the generated images have stopped differing from one another (by "
      + "\(Spread.text(spread)) grey levels; the real ones by \(Spread.text(realSpread))): the "
      + "generator has collapsed; an earlier checkpoint may be better (dcgan sample --epoch), or "
      + "try another --run with another --seed, a smaller --lr or a larger --batch"
  }
}

/// How much the images of a set differ from one another.
package enum Spread {
  /// Returns the root of the mean over all samples of their variance over the images, in grey levels:
  /// `sqrt(mean over p of (mean over i of x(i, p)² − (mean over i of x(i, p))²))`.
  ///
  /// 0 where all are the same or there are fewer than two; traps where their sizes differ.
  package static func levels(of images: [PixelImage]) -> Double {
    guard images.count > 1 else { return 0 }
    let samples = images[0].pixels.count
    var sums = [Int](repeating: 0, count: samples)
    var squares = 0
    for image in images {
      require(image.pixels.count == samples, "\(image.pixels.count) samples beside \(samples)")
      image.pixels.withUnsafeBufferPointer { pixels in
        for place in 0..<samples {
          let level = Int(pixels[place])
          sums[place] += level
          squares += level * level
        }
      }
    }
    let count = Double(images.count)
    let meanSquares = sums.reduce(0.0) { $0 + Double($1) * Double($1) } / (count * count)
    return max(0, (Double(squares) / count - meanSquares) / Double(samples)).squareRoot()
  }

  /// Prints a number of levels with one digit behind the point.
  package static func text(_ levels: Double) -> String { "\((levels * 10).rounded() / 10)" }
}
