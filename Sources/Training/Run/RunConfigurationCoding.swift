import DCGAN

extension RunConfiguration: Codable {
  /// What a file says that no run can have.
  struct Problem: Error, CustomStringConvertible {
    /// The key, what was expected and what was found.
    let description: String
  }

  /// The sizes of the networks by their keys, before it is known whether there are such networks.
  private struct Sizes: Codable {
    let size: Int
    let channels: Int
    let nz: Int
    let ngf: Int
    let ndf: Int
    let classNames: [String]?
    let classImages: [Int]?
    let minibatchDeviation: Bool?

    private enum CodingKeys: String, CodingKey {
      case size, channels, nz, ngf, ndf
      case classNames = "class_names"
      case classImages = "class_images"
      case minibatchDeviation = "minibatch_std"
    }

    init(_ model: ModelSettings) {
      (size, channels, nz) = (model.size, model.channels, model.nz)
      (ngf, ndf) = (model.ngf, model.ndf)
      (classNames, classImages) = (model.classes?.names, model.classes?.images)
      minibatchDeviation = model.hasMinibatchDeviation ? true : nil
    }

    /// Returns the sizes; throws `Problem` where there are no such networks.
    func model() throws(Problem) -> ModelSettings {
      let bounds = SettingBounds.self
      try Problem.check(
        [
          ("ndf", ndf, bounds.features), ("ngf", ngf, bounds.features),
          ("nz", nz, bounds.latentSize),
        ])
      for (key, value, choices) in [
        ("size", size, bounds.sizes), ("channels", channels, bounds.channels),
      ] where !choices.contains(value) {
        let list = choices.map(String.init).joined(separator: ", ")
        throw Problem(description: "the key '\(key)': expected one of \(list), found \(value)")
      }
      return ModelSettings(
        size: size, channels: channels, nz: nz, ngf: ngf, ndf: ndf, classes: try classes(),
        hasMinibatchDeviation: minibatchDeviation == true)
    }

    /// Returns the classes of a conditional run; throws `Problem` where no networks can have them.
    private func classes() throws(Problem) -> ModelClasses? {
      guard let classNames else { return nil }
      guard ModelClasses.allows(names: classNames, images: classImages ?? []) else {
        let range = SettingBounds.classes
        throw Problem(
          description: "the keys 'class_names' and 'class_images': expected \(range.lowerBound) to "
            + "\(range.upperBound) classes with the images of each, found \(classNames) and "
            + "\(classImages ?? [])")
      }
      return ModelClasses(names: classNames, images: classImages ?? [])
    }
  }

  /// Reads all groups from one object; throws `Problem` where there are no such networks.
  public init(from decoder: any Decoder) throws {
    data = try RunData(from: decoder)
    training = try RunTraining(from: decoder)
    checkpoints = try RunCheckpoints(from: decoder)
    program = try RunProgram(from: decoder)
    model = try Sizes(from: decoder).model()
  }

  /// Writes all groups into one object.
  public func encode(to encoder: any Encoder) throws {
    try data.encode(to: encoder)
    try training.encode(to: encoder)
    try checkpoints.encode(to: encoder)
    try program.encode(to: encoder)
    try Sizes(model).encode(to: encoder)
  }
}

extension RunConfiguration.Problem {
  /// Throws for the first number that is out of its range.
  static func check(
    _ numbers: [(key: String, value: Int, range: ClosedRange<Int>)]
  ) throws(RunConfiguration.Problem) {
    for number in numbers where !number.range.contains(number.value) {
      throw RunConfiguration.Problem(
        description: "the key '\(number.key)': expected a whole number from "
          + "\(number.range.lowerBound) to \(number.range.upperBound), found \(number.value)")
    }
  }
}
