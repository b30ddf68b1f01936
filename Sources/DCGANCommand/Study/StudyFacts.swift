import Study

/// The data and the settings on a study's page.
extension StudyPage {
  /// The settings and the data.
  var facts: HTML {
    let rows: [HTML] = (dataFacts + settingFacts).map {
      "<tr><th scope=\"row\">\($0.name)</th><td>\($0.value)</td></tr>"
    }
    return """
      <section aria-labelledby="facts"><h2 id="facts">Data and settings</h2>
      <table><caption>Data and settings</caption><tbody>
      \(rows)
      </tbody></table></section>
      """
  }

  private var dataFacts: [(name: String, value: String)] {
    let data = result.data
    func counted(_ images: Int, _ patients: Int) -> String {
      "\(Formatting.grouped(images)) of \(Formatting.counted(patients, "patient"))"
    }
    let test = zip(data.classes, data.testImagesByClass)
      .map { "\($0) \(Formatting.grouped($1))" }.joined(separator: ", ")
    return [
      ("Classes", data.classes.joined(separator: ", ")),
      ("Positive class", data.positive ?? "each against the others"),
      ("Training images", counted(data.trainingImages, data.trainingPatients)),
      ("Of these for thresholds", counted(data.validationImages, data.validationPatients)),
      ("Test images", "\(counted(data.testImages, data.testPatients)): \(test)"),
      ("Digest of the data", data.digest),
    ]
  }

  private var settingFacts: [(name: String, value: String)] {
    let settings = result.settings
    let shares = zip(settings.shares, result.shareImages)
      .map { "\(Self.text($0)) (\(Formatting.counted($1, "image")))" }
    return [
      ("Shares", shares.joined(separator: ", ")),
      ("Arms", settings.mixtures.map(\.name).joined(separator: ", ")),
      ("Trainings of each arm", "\(settings.seeds)"),
      (
        "Image size",
        "\(settings.size)x\(settings.size), \(settings.channels == 1 ? "grey" : "colour")"
      ),
      ("Widths", "ndf \(settings.ndf), ngf \(settings.ngf)"),
      ("Steps of a classifier", Formatting.grouped(settings.steps)),
      ("Steps of a generator", Formatting.grouped(settings.generatorSteps)),
      ("Least score of the filtered arm", "\(settings.minReal)"), ("Seed", "\(settings.seed)"),
      ("Version", "dcgan \(result.version)"),
    ]
  }
}
