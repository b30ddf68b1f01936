/// How samples are selected among candidates.
public struct SelectionRecipe: Codable, Equatable, Sendable {
  /// What samples are selected by.
  public enum Method: String, CaseIterable, Codable, Sendable {
    /// Nearness to real images, in the mix of their kinds.
    case realism
  }

  /// The parts of the candidates that can be selected.
  public static let shares = 0.01...1.0

  /// What samples are selected by.
  public var method: Method
  /// The part of the candidates of a kind that is selected at most.
  public var share: Double
  /// How many kinds there are; nil before that is known.
  public var cells: Int?
  /// How many candidates there were to select from; nil before that is known.
  public var candidates: Int?

  /// Plans a selection.
  public init(_ method: Method, share: Double) {
    (self.method, self.share) = (method, share)
  }
}
