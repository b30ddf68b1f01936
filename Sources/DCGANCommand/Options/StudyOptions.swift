import Arguments
import Study

/// The settings of `dcgan study`, every one read and in range.
package struct StudyOptions: TabledOptions, Equatable {
  /// The folder with the folders `train` and `test`.
  package var data = ""
  /// The folder that the study is written to.
  package var out = ""
  /// What is compared, and how.
  package var settings = StudySettings()
  /// A folder of synthetic images to use instead of generators of its own.
  package var synthetic: String?
  /// Whether the study in the folder is continued.
  package var resume = false
  /// The number of threads; nil for all cores.
  package var threads: Int?
  /// Whether the result is printed as JSON.
  package var json = false
  /// Whether progress is silent.
  package var quiet = false
  /// The names of the options that the user gave.
  package var given: Set<String> = []

  /// Throws where a folder is missing, or options contradict each other.
  package mutating func complete(operands: [String]) throws(UsageError) {
    try need(\.data)
    try need(\.out)
    if let shares = settings.splitByPatient, shares.test == 0 {
      throw refusal(
        "--split-by-patient expects a share above 0 for the test, which a study needs, but found "
          + "'\(shares)'; give for example 0.8,0,0.2")
    }
    try refuse(
      [\.synthetic], beside: [\.settings.generatorSteps, \.settings.generatorFeatures],
      because: "the synthetic images are at hand")
    if synthetic != nil {
      guard !isGiven(\.settings.minimumReal) else {
        throw refusal(
          "--min-real needs scores, which the images of --synthetic do not have; leave one of the two "
            + "out")
      }
      settings.arms.removeAll { $0 == .filtered }
    }
    guard settings.arms.contains(.real) else {
      throw refusal(
        "--arms expects 'real' among the arms, with which the others are compared, but found "
          + "'\(settings.arms.map(\.rawValue).joined(separator: ","))'; add it")
    }
  }
}

extension StudySettings {
  /// The width of the generators, under the name of the options.
  fileprivate var generatorFeatures: Int {
    get { ngf }
    set { ngf = newValue }
  }

  /// The least score, under the name of the options.
  fileprivate var minimumReal: Double {
    get { minReal }
    set { minReal = newValue }
  }
}

extension StudyOptions {
  /// States every option once.
  package static let table = OptionTable<Self>(
    defaults: Self(),
    groups: [
      "Study": studyFields, "Classifiers and generators": networkFields, "Output": outputFields,
    ])

  private static let studyFields: [OptionField<Self>] = [
    .value(
      \.data,
      .text(
        "data", "DIR", what: "a folder with the folders train and test", example: "./chest_xray",
        defaultText: "none, required",
        help: "folder whose folders train and test hold a folder of images for every class; with "
          + "--split-by-patient, a folder of those")),
    .optional(\.settings.splitByPatient, CommonOptions.splitByPatient),
    .optional(\.settings.window, CommonOptions.window),
    .value(
      \.settings.shares,
      .numbers(
        "shares", expectation: "numbers above 0 and at most 1, separated by commas",
        help: "shares of the real training images to try, drawn patient by patient",
        where: { $0 > 0 && $0 <= 1 })),
    .value(
      \.settings.seeds,
      .integer("seeds", in: 1...100, help: "how many times to train each classifier")),
    .value(
      \.settings.ratios,
      .numbers(
        "ratios", expectation: "numbers above 0 and at most 100, separated by commas",
        help: "synthetic images for each real one to try", where: { $0 > 0 && $0 <= 100 })),
    .value(\.settings.arms, armsOption),
    .value(
      \.settings.minimumReal,
      .number(
        "min-real", expectation: "a number from 0 to 1",
        help: "least score from the discriminator of the synthetic images in the arm 'filtered'",
        where: { (0...1).contains($0) })),
    .optional(
      \.synthetic,
      .text(
        "synthetic", "DIR", what: "a folder of synthetic images", example: "./synthetic",
        defaultText: "train a generator on each share",
        help: "use the synthetic images in this folder, which has a folder for every class")),
    .value(
      \.settings.seed,
      .seed("seed", help: "seed of the shares, the networks and the order of the images")),
  ]

  private static let networkFields: [OptionField<Self>] = [
    .value(\.settings.size, CommonOptions.size),
    .value(\.settings.channels, CommonOptions.channels),
    .value(\.settings.ndf, CommonOptions.discriminatorFeatures),
    .value(\.settings.generatorFeatures, CommonOptions.generatorFeatures),
    .value(
      \.settings.steps,
      .integer(
        "steps", in: 1...1_000_000, help: "training steps of each classifier, 64 images a step")),
    .value(
      \.settings.generatorSteps,
      .integer("generator-steps", in: 1...1_000_000, help: "training steps of each generator")),
    .optional(\.threads, CommonOptions.threads),
  ]

  private static let outputFields: [OptionField<Self>] = [
    .value(
      \.out,
      .text(
        "out", "DIR", what: "a folder", example: "./study", defaultText: "none, required",
        help: "folder for study.json, study.csv, study.html and everything that is trained")),
    .flag(
      \.resume,
      Flag("resume", help: "continue the study in the --out folder; give the same options again")),
    .flag(\.json, CommonOptions.json),
    .flag(\.quiet, CommonOptions.quiet),
  ]

  private static let armsOption = Option<[StudyArm]>(
    read: { text in
      let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let arms = names.compactMap(StudyArm.init)
      guard arms.count == names.count, Set(arms).count == arms.count else { return nil }
      return StudyArm.allCases.filter(arms.contains)
    },
    describe: { arms in
      let all = StudyArm.allCases.map(\.rawValue).joined(separator: ", ")
      return OptionSpecification(
        name: "arms", placeholder: "LIST",
        expectation: "some of \(all), separated by commas", example: "real,synthetic",
        defaultText: arms.map { $0 == StudyArm.allCases ? "all" : $0.map(\.rawValue).joined() },
        help: "arms to compare, separated by commas; they are described below")
    })

  /// Describes `dcgan study`.
  package static let specification = CommandSpecification(
    name: "study",
    purpose: "find out whether synthetic images help to train a classifier",
    synopsis: "--data DIR --out DIR [options]",
    groups: table.groups,
    examples: [
      .init(
        "dcgan study --data ./chest_xray --out ./study",
        "compares classifiers with and without synthetic images"),
      .init(
        "dcgan study --data ./chest_xray --out ./quick --shares 0.03 --ratios 1",
        "tries the smallest share alone, with as many synthetic images as real ones"),
      .init(
        "dcgan study --data ./chest_xray --out ./study --resume",
        "continues a study that was stopped"),
    ],
    notes: [
      "Every arm has the same steps, seeds and validation images: real (the share alone), repeated (as "
        + "many images as real and synthetic ones together), augmented (images moved, turned, zoomed, "
        + "brightened), synthetic (real and synthetic images), filtered (only synthetic images with a "
        + "score of --min-real), both (synthetic and augmented), synthetic-only.",
      "The generator of a share sees that share alone. Shares are drawn by patient where Patient IDs or "
        + "the names of files or folders tell patients apart; 15 % of the training patients choose the thresholds "
        + "and belong to no share. The test images are touched only to measure.",
      "With --split-by-patient the folder needs no parts: patients are divided by --seed, those of the "
        + "first share are for training and those of the last for the test, and those of the second "
        + "are left alone, as a folder val is.",
      "Differences come with an interval from a bootstrap over patients and a p-value after Holm's "
        + "correction. If none is shown, the study says so.",
    ])
}

extension Option where Value == [Double] {
  /// Declares an option whose value is a list of decimal numbers, each once, that come out ascending.
  ///
  /// - Parameter expectation: says in words what `isAllowed` accepts.
  fileprivate static func numbers(
    _ name: String, expectation: String, help: String,
    where isAllowed: @escaping @Sendable (Double) -> Bool
  ) -> Option {
    @Sendable func words(_ numbers: [Double]) -> String {
      numbers.map { $0 == $0.rounded() ? "\(Int($0))" : "\($0)" }.joined(separator: ",")
    }
    return Option(
      read: { text in
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
          part.allSatisfy { "0123456789.eE+-".contains($0) } ? Double(part) : nil
        }
        guard numbers.count == parts.count, numbers.allSatisfy({ $0.isFinite && isAllowed($0) }),
          Set(numbers).count == numbers.count
        else { return nil }
        return numbers.sorted()
      },
      describe: { numbers in
        OptionSpecification(
          name: name, placeholder: "LIST", expectation: expectation,
          example: numbers.map(words) ?? "1", defaultText: numbers.map(words), help: help)
      })
  }
}
