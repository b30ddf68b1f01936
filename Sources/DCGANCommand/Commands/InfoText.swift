import Checkpoints
import DCGAN
import Distribution
import Files
import Foundation
import Imaging
import Support
import Training

extension InfoReport {
  /// Writes the report in words, without a last line break.
  package var text: String {
    var rows: [(name: String, value: String)] = []
    var title: String?
    switch subject {
    case .run(let run):
      title = "run \(printable(run.path))"
      rows = Self.rows(run)
    case .checkpoint(let checkpoint):
      title = "checkpoint \(printable(checkpoint.path))"
      rows = Self.rows(checkpoint)
    case nil: break
    }
    let described = title.map { [$0, Formatting.table(rows), ""] } ?? []
    return
      (described + [
        "\(ProgramName.text) \(DCGANVersion.current)",
        Formatting.table(
          [
            ("kernels", "\(processor.variant), of \(processor.supported.joined(separator: ", "))"),
            ("cores", "\(processor.cores)"),
            ("reads", Self.formats),
          ] + (Launch.libraryName.map { [("ranks", "through \($0)")] } ?? [])),
      ]).joined(separator: "\n")
  }

  /// The formats that this build reads, and those that it would with another library.
  private static var formats: String {
    var read = ImageKind.all.filter(\.isRead).map(\.name)
    var missing = ImageKind.all.filter { !$0.isRead }.map { ($0.name, $0.library ?? "its library") }
    if ZipArchive.isAvailable {
      read.append("zip archives")
    } else {
      missing.append(("zip archives", ZipArchive.library))
    }
    return read.joined(separator: ", ")
      + missing.map { "; no \($0.0): install \($0.1) and build again" }.joined()
  }

  private static func rows(_ run: RunSummary) -> [(name: String, value: String)] {
    let settings = run.configuration
    return [("data", data(settings))] + cache(run) + account(settings) + [
      ("networks", networks(settings.model)),
      ("parameters", parameters(run.parameters)),
      (
        "training",
        "batch \(settings.batch), lr \(settings.learningRate), beta1 \(settings.beta1), "
          + (settings.averageDecay.map { "ema \($0), " } ?? "")
          + (settings.precision.map { "precision \($0.rawValue), " } ?? "")
          + "seed \(settings.seed)" + (settings.steps.map { ", at most \(steps($0))" } ?? "")
      ),
    ] + techniques(settings) + began(settings) + [
      (
        "trained by",
        "dcgan \(settings.version), kernels \(settings.variant), \(settings.program.workers)"
      ),
      (
        "done",
        "\(run.epochsDone) of \(Formatting.counted(settings.epochs, "epoch")), "
          + steps(run.stepsDone)
      ),
      ("last step", run.lastMetrics.map(metrics) ?? "none yet"),
      ("checkpoints", checkpoints(run)),
      ("sheets", sheets(run.progressEpochs)),
    ]
  }

  private static func account(_ settings: RunConfiguration) -> [(name: String, value: String)] {
    guard let account = settings.account else { return [] }
    let text = DataAccountText(account, settings)
    let noticed = text.warnings + text.notes
    return [("held out", text.heldOut)]
      + (text.passedOver.map { [("ignored", $0)] } ?? [])
      + noticed.map { ("noticed", $0) }
      + (settings.data.dataChanges ?? []).map { change in
        (
          "changed",
          "other images from step \(Formatting.grouped(change.step)); before, "
            + "\(Formatting.counted(change.images, "image")) (digest \(change.digest))"
        )
      }
  }

  private static func cache(_ run: RunSummary) -> [(name: String, value: String)] {
    guard let cache = run.configuration.program.cache, cache != CacheChoice.none else { return [] }
    return [("cache", printable(CacheChoice.path(ofRecorded: cache, run: run.path)))]
  }

  private static func techniques(_ settings: RunConfiguration) -> [(name: String, value: String)] {
    settings.techniques.map { [("techniques", $0.summary)] } ?? []
  }

  private static func rows(
    _ checkpoint: CheckpointSummary
  ) -> [(name: String, value: String)] {
    let metadata = checkpoint.metadata
    return [
      ("networks", networks(metadata.settings)),
      ("parameters", parameters(checkpoint.parameters)),
      ("done", "\(Formatting.counted(metadata.epochsDone, "epoch")), \(steps(metadata.step))"),
      ("seed", "\(metadata.seed)"),
      ("calibrated", metadata.calibration.map(calibration) ?? "no"),
      ("written by", "dcgan \(metadata.version)"),
      (
        "file",
        "\(Formatting.bytes(checkpoint.bytes)), "
          + "\(Formatting.counted(checkpoint.tensorCount, "tensor")) in float32"
      ),
    ]
  }

  private static func calibration(_ calibration: ScoreCalibration) -> String {
    let digits = { (value: Double) in String(format: "%.3f", value) }
    return
      "1 / (1 + exp(-(\(digits(calibration.slope)) logit + \(digits(calibration.intercept))))), "
      + "Brier score \(digits(calibration.brierScore)), \(digits(calibration.brierScoreBefore)) "
      + "before, on \(Formatting.counted(calibration.realImages, "real image")) "
      + (calibration.isHeldOut ? "held out" : "trained on")
  }

  private static func began(_ settings: RunConfiguration) -> [(name: String, value: String)] {
    let files = [settings.initialGenerator, settings.initialDiscriminator].compactMap { $0?.file }
    return files.isEmpty ? [] : [("initial weights", files.joined(separator: ", "))]
  }

  private static func data(_ settings: RunConfiguration) -> String {
    let skipped =
      settings.skipped == 0 ? "" : ", \(Formatting.grouped(settings.skipped)) more unreadable"
    return
      "\(settings.dataPath), split \(settings.split), \(Formatting.classes(settings.classes)): "
      + Formatting.counted(settings.images, "image")
      + (settings.limit.map { " (limit \(Formatting.grouped($0)))" } ?? "") + skipped
  }

  private static func networks(_ sizes: ModelSettings) -> String {
    "\(sizes.size)x\(sizes.size) pixels, \(Formatting.counted(sizes.channels, "channel")), "
      + "nz \(sizes.nz), ngf \(sizes.ngf), ndf \(sizes.ndf)"
      + (sizes.hasMinibatchDeviation ? ", minibatch standard deviation" : "")
      + (sizes.classes.map { ", conditional on \(Formatting.classes($0))" } ?? "")
  }

  private static func parameters(_ counts: ParameterCounts) -> String {
    "generator \(Formatting.grouped(counts.generator)), "
      + "discriminator \(Formatting.grouped(counts.discriminator))"
  }

  private static func steps(_ count: Int) -> String { Formatting.counted(count, "step") }

  private static func metrics(_ metrics: StepMetrics) -> String {
    func fixed(_ value: Float, _ decimals: Int) -> String {
      Formatting.fixed(Double(value), decimals: decimals)
    }
    return "loss_d \(fixed(metrics.lossD, 3)), loss_g \(fixed(metrics.lossG, 3)), "
      + "D(x) \(fixed(metrics.realScore, 2)), D(G(z)) \(fixed(metrics.fakeScore, 2)), after D's step "
      + "\(fixed(metrics.updatedFakeScore, 2)), \(fixed(metrics.imagesPerSecond, 1)) images/s"
  }

  private static func checkpoints(_ run: RunSummary) -> String {
    guard !run.checkpoints.isEmpty else { return "none yet" }
    let epochs = RunFolder.list(run.checkpoints.map(\.epoch))
    let bytes = run.checkpoints.reduce(0) { $0 + $1.bytes }
    return "\(run.checkpoints.count), \(Formatting.bytes(bytes)) in all: "
      + (run.checkpoints.count == 1 ? "epoch \(epochs)" : "epochs \(epochs)")
  }

  private static func sheets(_ epochs: [Int]) -> String {
    guard !epochs.isEmpty else { return "none yet" }
    return "\(epochs.count): \(epochs.count == 1 ? "epoch" : "epochs") \(RunFolder.list(epochs))"
  }
}

extension RunProgram {
  /// The threads that compute a run, and the ranks where there are several: `2 threads`, or `4 ranks of 2
  /// threads`.
  var workers: String {
    (ranks.map { "\(Formatting.counted($0, "rank")) of " } ?? "")
      + Formatting.counted(threads, "thread")
  }
}
