/// What a classifier of a study is trained on.
public enum StudyArm: String, Codable, CaseIterable, Sendable {
  /// The real images of the share alone.
  case real
  /// The same, repeated to as many images as the largest mixture has: the control of equal size.
  case repeated
  /// The same, each time changed a little: moved, turned, zoomed, brighter or darker.
  case augmented
  /// Real images and synthetic ones, so many to a real one.
  case synthetic
  /// Synthetic images that the discriminator believes, beside the real ones.
  case filtered
  /// Real images and synthetic ones, all changed a little.
  case both
  /// As many synthetic images as there are real ones, and none of those.
  case syntheticOnly = "synthetic-only"

  /// The arms that the others are compared with.
  public static let controls: [StudyArm] = [.real, .repeated, .augmented]

  /// Whether synthetic images are in it.
  public var usesSynthetic: Bool { !Self.controls.contains(self) }

  /// Whether its images are changed a little each time they are shown.
  var isAugmented: Bool { self == .augmented || self == .both }

  /// Whether its real images are there.
  var usesReal: Bool { self != .syntheticOnly }

  /// The control that differs from it by the synthetic images alone.
  var ownControl: StudyArm { self == .both ? .augmented : .real }
}
