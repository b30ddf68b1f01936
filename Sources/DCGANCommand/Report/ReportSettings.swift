import Checkpoints
import Files
import Training

extension ReportPage {
  /// Skipped files that are listed at most.
  private static let listedFiles = 200

  /// Shows the data set and the files that were skipped.
  var dataSet: HTML {
    let configuration = report.configuration
    var rows = [
      ("Folder", report.data.path),
      ("Split", configuration.split == "all" ? "all of the data" : configuration.split),
      ("Classes", Formatting.classes(configuration.classes)),
      ("Images in use", Formatting.grouped(configuration.images)),
      ("Skipped", Formatting.grouped(configuration.skipped)),
      ("Digest of the file list", configuration.dataDigest),
      ("Current state", dataState),
    ]
    if let account = configuration.account {
      let text = DataAccountText(account, configuration)
      rows += [("Choice of images", text.split), ("Held out", text.heldOut)]
      rows += text.patients.map { [("Patients", $0)] } ?? []
      rows += text.passedOver.map { [("Ignored", $0)] } ?? []
      rows += (text.warnings + text.notes).map { ("Noticed", $0) }
    }
    rows += (configuration.data.dataChanges ?? []).map { change in
      (
        "Changed",
        "other images from step \(Formatting.grouped(change.step)); before, "
          + Formatting.counted(change.images, "image")
      )
    }
    let reading = configuration.reading
    rows.append(("Fit", "\(reading.fit.rawValue), background \(reading.background)"))
    if let window = configuration.window { rows.append(("Window", "\(window)")) }
    if let frames = configuration.frames { rows.append(("Frames", frames.rawValue)) }
    rows.insert(
      ("Limit", configuration.limit.map { Formatting.counted($0, "image") } ?? "none"), at: 3)
    return """
      <section aria-labelledby="data"><h2 id="data">Data set</h2>
      \(table(rows, "The data set"))
      \(folders)
      \(skipped)
      </section>
      """
  }

  private var dataState: String {
    switch report.data.state {
    case .unchanged: "the files are the same as at the start"
    case .changed(let files):
      "the files have changed since the start: now \(Formatting.grouped(files))"
    case .missing(let reason): "missing: \(reason)"
    }
  }

  private var folders: HTML? {
    let folders = report.data.folders
    guard !folders.isEmpty else { return nil }
    let rows: [HTML] = folders.prefix(Self.listedFiles).map { folder in
      """
      <tr><th scope="row">\(folder.folder)</th><td>\(Formatting.grouped(folder.images))</td></tr>
      """
    }
    return """
      <table class="numbers"><caption>\(counted(rows.count, of: folders.count, "folder")) with \
      images</caption>
      <thead><tr><th scope="col">Folder</th><th scope="col">Files</th></tr></thead>
      <tbody>
      \(rows)
      </tbody></table>
      """
  }

  private var skipped: HTML? {
    guard report.configuration.skipped > 0 else { return nil }
    guard let files = report.data.skipped else {
      return """
        <p class="missing">Which files were skipped is unknown, as the data set is missing or has \
        changed.</p>
        """
    }
    let items: [HTML] = files.prefix(Self.listedFiles).map { file in
      "<tr><th scope=\"row\">\(file.path)</th><td>\(file.reason)</td></tr>"
    }
    return """
      <details><summary>\(counted(items.count, of: files.count, "skipped file"))</summary>
      <table><caption>Files that cannot be read</caption>
      <thead><tr><th scope="col">File</th><th scope="col">Why</th></tr></thead>
      <tbody>
      \(items)
      </tbody></table></details>
      """
  }

  /// Writes `3 files`, or `200 of 3,000 files`.
  private func counted(_ shown: Int, of all: Int, _ noun: String) -> String {
    shown == all
      ? Formatting.counted(all, noun)
      : "\(Formatting.grouped(shown)) of \(Formatting.counted(all, noun))"
  }

  /// Shows the settings.
  var settings: HTML {
    let settings = report.configuration
    let parameters = ParameterCounts(settings.model)
    let checkpoints =
      report.checkpointEpochs.isEmpty ? "none yet" : RunFolder.list(report.checkpointEpochs)
    return """
      <section aria-labelledby="settings"><h2 id="settings">Settings</h2>
      \(table([
        ("Image size", "\(settings.size)x\(settings.size) pixels"),
        ("Channels", "\(settings.channels)"), ("Length of the random vectors (nz)", "\(settings.nz)"),
        (
          "Widths",
          "ngf \(settings.ngf), ndf \(settings.ndf)"
            + (settings.model.hasMinibatchDeviation ? ", minibatch standard deviation" : "")
        ),
        ("Conditional on", settings.model.classes.map(Formatting.classes) ?? "nothing"),
        (
          "Parameters",
          "generator \(Formatting.grouped(parameters.generator)), "
            + "discriminator \(Formatting.grouped(parameters.discriminator))"
        ),
        ("Batch", "\(settings.batch)"), ("Learning rate", "\(settings.learningRate)"),
        ("Beta 1", "\(settings.beta1)"),
        ("Average of the generator", settings.averageDecay.map { "decay \($0)" } ?? "none"),
        ("Techniques", settings.techniques?.summary ?? "none"), ("Seed", "\(settings.seed)"),
        ("Epochs", Formatting.grouped(settings.epochs)),
        ("Steps per epoch", Formatting.grouped(report.stepsPerEpoch)),
        ("Limit of steps", settings.steps.map { Formatting.grouped($0) } ?? "no limit"),
        ("Checkpoints of epochs", checkpoints),
        ("Kept", "the newest \(settings.keep)" + kept(every: settings.keepEvery)),
        ("Precision", (settings.precision ?? .float32).rawValue),
        ("Threads", "\(settings.threads)" + (settings.ranks.map { " on each of \($0) ranks" } ?? "")),
        ("Kernels", settings.variant),
        ("Program", "dcgan \(settings.version)"),
      ], "The settings of the run"))
      </section>
      """
  }

  private func kept(every epochs: Int) -> String {
    epochs == 0 ? "" : " and one every \(Formatting.counted(epochs, "epoch"))"
  }

  private func table(_ rows: [(String, String)], _ caption: String) -> HTML {
    let lines: [HTML] = rows.map { name, value in
      "<tr><th scope=\"row\">\(name)</th><td>\(value)</td></tr>"
    }
    return """
      <table><caption>\(caption)</caption><tbody>
      \(lines)
      </tbody></table>
      """
  }
}
