extension EvaluationResult {
  /// What figures can say against generated pictures.
  public enum Finding: String, Encodable, Sendable {
    /// They are nearer to training pictures than held-out ones are, as a whole.
    case copies
    /// So are those of some cells.
    case perhapsCopies = "perhaps_copies"
    /// They do not look like real ones.
    case unlike
    /// They repeat few kinds of picture, or one.
    case collapse
  }

  /// What the figures say against the pictures; empty where they say nothing.
  public var findings: [Finding] {
    var findings: [Finding] = []
    if looksCopied {
      findings.append(.copies)
    } else if !copiedCells.isEmpty {
      findings.append(.perhapsCopies)
    }
    if deviations.isUnlike { findings.append(.unlike) }
    if deviations.isCollapsed { findings.append(.collapse) }
    return findings
  }

  /// Which figures are far off from their floors.
  public var deviations: Deviations {
    Deviations(
      precision: precision, recall: recall, coverage: coverage, msSsim: msSsim,
      slicedWasserstein: slicedWassersteinMean)
  }

  /// Which figures are far off from their floors.
  ///
  /// Precision, recall and coverage are below half of the floor: a good run on radiographs has nine
  /// tenths of the floor in precision and three quarters in coverage. The sliced Wasserstein distance is
  /// above three floors: 1.6 to 2.4 is what runs come to whose images look real, 3.6 what those do that
  /// one candidate in fifty passes a threshold with. MS-SSIM has come more than half of the way from its
  /// floor to 1, where all images are the same.
  public struct Deviations: Equatable, Sendable {
    /// Whether precision is.
    public let isImprecise: Bool
    /// Whether the sliced Wasserstein distance is.
    public let isDistant: Bool
    /// Whether recall is, although precision is not: noise resembles no kind of image, which is no
    /// collapse.
    public let missesKinds: Bool
    /// Whether coverage is, likewise.
    public let leavesGaps: Bool
    /// Whether MS-SSIM is.
    public let isRepetitive: Bool

    /// Whether the pictures do not look like real ones.
    public var isUnlike: Bool { isImprecise || isDistant }
    /// Whether the pictures repeat few kinds, or one.
    public var isCollapsed: Bool { missesKinds || leavesGaps || isRepetitive }

    /// The part of the floor that precision, recall and coverage need.
    private static let leastShare = 0.5
    /// The floors that the sliced Wasserstein distance may have.
    private static let mostFloors = 3.0
    /// The part of the way from its floor to 1 that MS-SSIM may come.
    private static let mostSimilarity = 0.5

    /// Compares figures with their floors.
    package init(
      precision: Figure, recall: Figure, coverage: Figure, msSsim: Figure,
      slicedWasserstein: Figure
    ) {
      func isLow(_ figure: Figure) -> Bool { figure.generated < Self.leastShare * figure.floor }
      isImprecise = isLow(precision)
      isDistant = slicedWasserstein.generated > Self.mostFloors * slicedWasserstein.floor
      missesKinds = !isImprecise && isLow(recall)
      leavesGaps = !isImprecise && isLow(coverage)
      isRepetitive =
        msSsim.generated - msSsim.floor > Self.mostSimilarity * (1 - msSsim.floor)
    }
  }
}
