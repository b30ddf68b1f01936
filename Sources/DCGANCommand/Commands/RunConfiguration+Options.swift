import Arguments
import DataSets
import Files
import Support
import Training

extension RunConfiguration {
  /// Makes the settings of a new run; the images, their digest and the split that is used are still to be
  /// found out.
  ///
  /// Throws `UsageError` where the options name no data, or a split that there is not.
  init(new options: TrainOptions) throws(UsageError) {
    guard let data = options.data else {
      throw UsageError("--data is missing: name a folder of images", command: "train")
    }
    self.init(
      dataPath: data, epochs: options.epochs, size: options.size, batch: options.batch,
      channels: options.channels, nz: options.latentSize, ngf: options.generatorFeatures,
      ndf: options.discriminatorFeatures, learningRate: options.learningRate,
      beta1: options.beta1,
      averageDecay: options.averageDecay > 0 ? options.averageDecay : nil,
      seed: options.seed ?? UInt64.random(in: 0...UInt64(UInt32.max)),
      split: try options.split.map(Self.checkedSplit) ?? "", classes: options.classes,
      limit: options.limit, steps: options.steps, threads: 1,
      checkpointEvery: options.checkpointEvery, keep: options.keep, keepEvery: options.keepEvery,
      strict: options.strict, version: "", variant: "", dataDigest: "", images: 0,
      techniques: options.techniques.isPlain ? nil : options.techniques)
    absoluteDataPath = Folder.absolute(data)
    excluded = options.excluded.isEmpty ? nil : options.excluded
    fit = options.fit
    background = Int(options.background)
    if options.stopOnCollapse { stopOnCollapse = true }
  }

  /// Takes over from the options what may change when a run is resumed.
  mutating func continueRun(with options: TrainOptions) {
    dataPath = options.data ?? dataLocation
    absoluteDataPath = Folder.absolute(dataPath)
    steps = options.steps
    strict = options.strict
    if options.isGiven(TrainOptions.epochsOption) { epochs = options.epochs }
    if options.isGiven(TrainOptions.checkpointEveryOption) {
      checkpointEvery = options.checkpointEvery
    }
    if options.isGiven(TrainOptions.keepOption) { keep = options.keep }
    if options.isGiven(TrainOptions.keepEveryOption) { keepEvery = options.keepEvery }
    if options.stopOnCollapse { stopOnCollapse = true }
  }

  private static func checkedSplit(_ name: String) throws(UsageError) -> String {
    guard DataSplit(rawValue: name) == nil else { return name }
    let names = DataSplit.allCases.map(\.rawValue)
    throw UsageError(
      "--split expects one of \(names.joined(separator: ", ")), but found \(quoted(name))"
        + suggestion(nearestName(to: name, among: names)),
      command: "train")
  }
}

extension TrainOptions {
  /// Returns whether an option was given.
  func isGiven<Value>(_ option: Option<Value>) -> Bool {
    explicit.contains(option.specification.name)
  }
}
