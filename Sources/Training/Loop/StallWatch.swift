import Support

/// Notices training that goes on and leads nowhere, and says each of two things once: that the
/// discriminator has won, and that the generator has collapsed.
package struct StallWatch {
  /// A loss of the discriminator that is so little above the least that it can have: without
  /// smoothed labels D(x) is above and D(G(z)) below half a percent then.
  static let lowLoss: Float = 0.01
  /// Steps that are looked back upon.
  static let window = 100
  /// Of those, how many must have a low loss.
  static let lowSteps = 95
  /// Below this diversity the generated images are alike; a generator that learns radiographs well is
  /// above twice that after 200 steps, and near 1 after 400.
  package static let leastDiversity = 0.2
  /// Epochs in a row whose images must be alike.
  package static let alikeEpochs = 3
  /// Before so many steps a generator draws nothing but grey, which is no collapse.
  package static let firstStep = 500

  /// The loss below which the discriminator has won.
  private let wonLoss: Float
  private var lossesWereLow: [Bool] = []
  private var hasWarnedOfLoss = false
  private var epochsAlike = 0
  private var hasWarnedOfCollapse = false

  /// Begins to watch a run, or goes on after the epochs that it has behind it; one that goes on although
  /// it had collapsed is watched anew from there.
  ///
  /// - Parameter leastLoss: the least loss that the discriminator can have.
  package init(leastLoss: Double = 0, after epochs: [EpochMetrics] = []) {
    wonLoss = Self.lowLoss + Float(leastLoss)
    for epoch in epochs {
      record(epoch)
      if hasCollapsed { epochsAlike = 0 }
    }
  }

  /// Returns a warning where D's loss was near its least in `lowSteps` of the last `window` steps.
  package mutating func warning(after step: StepMetrics) -> Message? {
    guard !hasWarnedOfLoss else { return nil }
    if lossesWereLow.count == Self.window { lossesWereLow.removeFirst() }
    lossesWereLow.append(step.lossD < wonLoss)
    guard lossesWereLow.count(where: { $0 }) >= Self.lowSteps else { return nil }
    hasWarnedOfLoss = true
    let place = wonLoss == Self.lowLoss ? "zero" : "the minimum that label smoothing allows"
    let limit = (wonLoss * 1000).rounded() / 1000
    return
      "step \(step.step): the discriminator's loss is stuck near \(place) (below \(limit) in "
      + "\(Self.lowSteps) of the last \(lossesWereLow.count) steps): it recognizes every generated "
      + "image, and the generator stops learning; try a new \(.run) with a smaller \(.ndf) or \(.learningRate), a larger "
      + "\(.ngf), or more images"
  }

  /// Whether the generated images hardly differed from one another in the last epochs.
  package var hasCollapsed: Bool { epochsAlike >= Self.alikeEpochs }

  /// Takes an epoch's diversity in.
  package mutating func record(_ epoch: EpochMetrics) {
    guard epoch.step >= Self.firstStep, let diversity = epoch.diversity else { return }
    epochsAlike = diversity < Self.leastDiversity ? epochsAlike + 1 : 0
  }

  /// Returns a warning where the generator has collapsed with the epoch that was recorded last.
  package mutating func warningOfCollapse(after epoch: EpochMetrics) -> Message? {
    guard hasCollapsed, !hasWarnedOfCollapse, let diversity = epoch.diversity else { return nil }
    hasWarnedOfCollapse = true
    return "step \(epoch.step): the generated images hardly differ from one another (diversity "
      + "\((diversity * 1000).rounded() / 1000), where real ones have 1; below "
      + "\(Self.leastDiversity) at the end of \(epochsAlike) epochs in a row): the generator has "
      + "collapsed, or learns nothing; try an earlier checkpoint (\(.epoch)), or a new "
      + "\(.run) with \(.recipe, "stable"), another \(.seed) or a larger \(.batch)"
  }
}
