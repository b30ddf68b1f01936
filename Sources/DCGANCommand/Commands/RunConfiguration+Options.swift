import Arguments
import DataSets
import Files
import Support
import Training

extension RunConfiguration {
  /// Makes the settings of a new run; the images, their digest, the split that is used and the techniques are
  /// still to be found out.
  ///
  /// Throws `UsageError` where the options name no data, or a split that there is not.
  init(new options: TrainOptions) throws(UsageError) {
    guard let folder = options.data else {
      throw UsageError("--data is missing: name a folder of images", command: "train")
    }
    var data = RunData(
      dataPath: folder, split: try options.split.map(Self.checkedSplit) ?? "",
      classes: options.classes, limit: options.limit,
      excluded: options.excluded.isEmpty ? nil : options.excluded, fit: options.fit,
      background: Int(options.background), strict: options.strict, dataDigest: "", images: 0)
    data.absoluteDataPath = Folder.absolute(folder)
    data.splitByPatient = options.splitByPatient
    (data.window, data.frames) = (options.window, options.frames)
    data.allowsBurnedIn = options.allowsBurnedIn ? true : nil
    data.allowsSynthetic = options.allowsSynthetic ? true : nil
    let averageDecay = options.averageDecay(batch: options.batch)
    self.init(
      data: data, model: options.model,
      training: RunTraining(
        epochs: options.epochs, steps: options.steps, batch: options.batch,
        learningRate: options.learningRate, beta1: options.beta1,
        averageDecay: averageDecay > 0 ? averageDecay : nil,
        seed: options.seed ?? UInt64.random(in: 0...UInt64(UInt32.max)),
        stopOnCollapse: options.stopOnCollapse ? true : nil,
        precision: options.precision == .float32 ? nil : options.precision),
      checkpoints: RunCheckpoints(
        checkpointEvery: options.checkpointEvery, keep: options.keep,
        keepEvery: options.keepEvery),
      program: RunProgram(version: "", variant: "", threads: 1))
  }

  /// Takes over what a new run of the images that were found does beyond the plain recipe.
  mutating func chooseTechniques(with options: TrainOptions) {
    let chosen = options.techniques(images: data.images)
    training.techniques = chosen.isPlain ? nil : chosen
  }

  /// Takes over from the options what may change when a run is resumed.
  mutating func continueRun(with options: TrainOptions) {
    data.dataPath = options.data ?? dataLocation
    data.absoluteDataPath = Folder.absolute(data.dataPath)
    training.steps = options.steps
    data.strict = options.strict
    if options.isGiven(\.epochs) { training.epochs = options.epochs }
    if options.isGiven(\.checkpointEvery) {
      checkpoints.checkpointEvery = options.checkpointEvery
    }
    if options.isGiven(\.keep) { checkpoints.keep = options.keep }
    if options.isGiven(\.keepEvery) { checkpoints.keepEvery = options.keepEvery }
    if options.stopOnCollapse { training.stopOnCollapse = true }
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
