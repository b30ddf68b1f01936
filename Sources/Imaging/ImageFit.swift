/// How an image that is not square becomes one.
public enum ImageFit: String, CaseIterable, Codable, Sendable {
  /// The shorter side is resized to the square's, and what the longer has too much is cut off, as much
  /// at either end.
  case crop
  /// The longer side is resized to the square's, and what the shorter lacks is black, as much at either
  /// end.
  case pad
  /// Both sides are resized to the square's: shapes become narrower or wider.
  case stretch
}
