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

  /// The images of a training set from which on a run that names no recipe is `varied`: of fewer, the
  /// discriminator soon knows each by heart unless they are altered, and the generator comes too near to them.
  public static let manyImages = 1_000

  /// Returns the recipe of a run of so many images that names none.
  public static func standard(images: Int) -> Recipe { images < manyImages ? .stable : .varied }

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
