import Checkpoints
import DCGAN
import Imaging
import Training

extension InfoReport: Encodable {
  private enum Keys: String, CodingKey {
    case version, processor, formats, run, checkpoint
  }

  /// Writes `version`, `processor`, the names of the `formats` of images that are read and, where there is
  /// one, `run` or `checkpoint`.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(DCGANVersion.current, forKey: .version)
    try container.encode(processor, forKey: .processor)
    try container.encode(ImageKind.all.filter(\.isRead).map(\.name), forKey: .formats)
    switch subject {
    case .run(let run): try container.encode(RunContent(run), forKey: .run)
    case .checkpoint(let checkpoint):
      try container.encode(CheckpointContent(checkpoint), forKey: .checkpoint)
    case nil: break
    }
  }
}

/// Arranges a run for JSON.
private struct RunContent: Encodable {
  let path: String
  let settings: RunConfiguration
  let parameters: ParameterCounts
  let epochsDone: Int
  let stepsDone: Int
  let lastStep: MetricsContent?
  let checkpoints: [RunSummary.CheckpointFile]
  let progressEpochs: [Int]

  init(_ run: RunSummary) {
    path = run.path
    settings = run.configuration
    parameters = run.parameters
    epochsDone = run.epochsDone
    stepsDone = run.stepsDone
    lastStep = run.lastMetrics.map(MetricsContent.init)
    checkpoints = run.checkpoints
    progressEpochs = run.progressEpochs
  }
}

/// Arranges a step's numbers for JSON, under the names that `metrics.jsonl` uses; a number that is
/// not finite is left out.
private struct MetricsContent: Encodable {
  let step: Int
  let epoch: Int
  let lossD: Float?
  let lossG: Float?
  let realScore: Float?
  let fakeScore: Float?
  let updatedFakeScore: Float?
  let imagesPerSecond: Float?

  private enum CodingKeys: String, CodingKey {
    case step, epoch
    case lossD = "loss_d"
    case lossG = "loss_g"
    case realScore = "d_x"
    case fakeScore = "d_g_z1"
    case updatedFakeScore = "d_g_z2"
    case imagesPerSecond = "images_per_second"
  }

  init(_ metrics: StepMetrics) {
    func finite(_ value: Float) -> Float? { value.isFinite ? value : nil }
    step = metrics.step
    epoch = metrics.epoch
    lossD = finite(metrics.lossD)
    lossG = finite(metrics.lossG)
    realScore = finite(metrics.realScore)
    fakeScore = finite(metrics.fakeScore)
    updatedFakeScore = finite(metrics.updatedFakeScore)
    imagesPerSecond = finite(metrics.imagesPerSecond)
  }
}

/// Arranges a checkpoint for JSON.
private struct CheckpointContent: Encodable {
  let path: String
  let bytes: Int
  let version: String
  let epoch: Int
  let epochsDone: Int
  let step: Int
  let seed: UInt64
  let size: Int
  let channels: Int
  let nz: Int
  let ngf: Int
  let classNames: [String]?
  let classImages: [Int]?
  let ndf: Int
  let tensors: Int
  let parameters: ParameterCounts
  let averageDecay: Double?
  let spectralNorm: Bool?
  let minibatchStd: Bool?
  let calibration: CalibrationContent?

  init(_ checkpoint: CheckpointSummary) {
    let metadata = checkpoint.metadata
    path = checkpoint.path
    bytes = checkpoint.bytes
    version = metadata.version
    epoch = metadata.epoch
    epochsDone = metadata.epochsDone
    step = metadata.step
    seed = metadata.seed
    size = metadata.settings.size
    channels = metadata.settings.channels
    nz = metadata.settings.nz
    ngf = metadata.settings.ngf
    classNames = metadata.settings.classes?.names
    classImages = metadata.settings.classes?.images
    ndf = metadata.settings.ndf
    tensors = checkpoint.tensorCount
    parameters = checkpoint.parameters
    averageDecay = metadata.averageDecay
    spectralNorm = metadata.isSpectrallyNormalized ? true : nil
    minibatchStd = metadata.settings.hasMinibatchDeviation ? true : nil
    calibration = metadata.calibration.map(CalibrationContent.init)
  }
}
