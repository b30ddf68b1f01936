import DCGAN
import Support
import Tensor

/// Networks read from files of their own, without a run: a generator, a discriminator, or both.
///
/// Their sizes are those that the shapes in the files tell. The discriminator's scores are not calibrated.
public struct NetworkPair: Sendable {
  /// The sizes of both networks; of one that is missing, the least.
  public let settings: ModelSettings
  private let networks: InitialNetworks

  /// Reads the files that are named; traps where there is none.
  ///
  /// Throws what reading a `NetworkFile` throws, and `NetworkPairError` where the networks are for images
  /// of different sizes or channels, or know different classes.
  public init(generator: String?, discriminator: String?) throws {
    require(generator != nil || discriminator != nil, "a pair of no networks")
    let makes = try generator.map { try NetworkFile.sized(.generator, contentsOf: $0) }
    let judges = try discriminator.map { try NetworkFile.sized(.discriminator, contentsOf: $0) }
    let (made, judged) = (makes?.settings, judges?.settings)
    if let made, let judged, let generator, let discriminator,
      (made.size, made.channels) != (judged.size, judged.channels)
    {
      throw NetworkPairError(
        description: "\(discriminator): expected a discriminator of \(Self.text(made)), as the "
          + "generator \(generator) makes, found one of \(Self.text(judged)); give the two of one "
          + "training")
    }
    let images = made ?? judged ?? .least
    if let makes, let judges, let generator, let discriminator,
      !NetworkFile.agree(makes.file, judges.file)
    {
      throw NetworkPairError(
        description:
          "\(discriminator): expected a discriminator of \(makes.file.classesInWords), as the "
          + "generator \(generator) has, found one of \(judges.file.classesInWords); give the two "
          + "of one training")
    }
    let named = [makes, judges].compactMap { $0 }.first { $0.file.classNames != nil }
    settings = ModelSettings(
      size: images.size, channels: images.channels, nz: images.nz, ngf: images.ngf,
      ndf: (judged ?? .least).ndf, classes: named?.settings.classes ?? images.classes,
      hasMinibatchDeviation: (judged ?? .least).hasMinibatchDeviation)
    var files: [NetworkKind: (path: String, content: NetworkFile)] = [:]
    if let generator, let makes { files[.generator] = (generator, makes.file) }
    if let discriminator, let judges { files[.discriminator] = (discriminator, judges.file) }
    networks = InitialNetworks(files: files)
  }

  /// The file of a network and what it holds; nil where there is none.
  public subscript(kind: NetworkKind) -> RecordedNetwork? { networks[kind] }

  /// Makes the networks; one that is missing has weights of zero. Throws what `InitialNetworks.apply`
  /// throws.
  public func model() throws -> AdversarialModel {
    let model = AdversarialModel(
      zero: settings, adam: AdamSettings(), averageDecay: nil, isSpectrallyNormalized: false)
    try networks.apply(to: model)
    return model
  }

  private static func text(_ settings: ModelSettings) -> String {
    let colour = settings.channels == 1 ? "grey" : "colour"
    return "\(colour) images of \(settings.size) pixels"
  }
}

/// Two networks do not belong together.
public struct NetworkPairError: Error, Equatable, CustomStringConvertible {
  /// What was expected, what was found, and what to do.
  public let description: String
}
