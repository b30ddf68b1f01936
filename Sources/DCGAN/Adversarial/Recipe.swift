/// A named set of techniques for a run.
public enum Recipe: String, CaseIterable, Sendable {
  /// The plain DCGAN of Radford et al. 2015 and the courses that teach it: no technique at all.
  case course
  /// The same training, but an average of the generator over the steps makes the images.
  case averaged
  /// Keeps the discriminator from learning the real images by heart and from being sure of itself.
  ///
  /// It leaves `colour` out: with it the discriminator cannot tell whether an image is as bright and as
  /// rich in contrast as a radiograph, and the generator need not learn it.
  case stable

  /// Averages as `averaged` does, and penalizes steep slopes of the discriminator at real images in the place
  /// of all that `stable` does: the most kinds of images, in runs of many epochs.
  case varied

  /// The recipe of a run that names none.
  public static let standard = Recipe.stable

  /// The decay of the generator's average; nil where the last step's generator makes the images.
  public var averageDecay: Double? { self == .course ? nil : 0.999 }

  /// What a run of this recipe does unless its options say otherwise.
  public var techniques: TrainingTechniques {
    switch self {
    case .course, .averaged: TrainingTechniques()
    case .stable:
      TrainingTechniques(
        labelSmoothing: 0.1, instanceNoise: 0.1, augmentations: [.translation, .cutout])
    case .varied: TrainingTechniques(realPenalty: 0.05)
    }
  }
}
