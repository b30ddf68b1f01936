import Arguments
import DataSets
import Samples
import Support

/// The real images that a review shows beside samples: those that the samples' run was trained on, where
/// the options do not say otherwise.
///
/// Real images of another class than the samples' would void the blinding, whoever knows the classes.
struct ReviewChoice {
  /// The folder of the data set.
  let data: String
  /// The images of it.
  let selection: DataSelection
  /// How the samples' run reads them; nil where that is not known.
  let reading: ImageReading?
  /// What could not be matched, in a line; nil where all could.
  let warning: String?

  /// Chooses; throws what reading the record of the samples and listing the data set throw, and
  /// `UsageError` where nothing says where the data lies.
  init(_ options: ReviewOptions) throws {
    let samples = options.samples ?? ""
    let origin = try SampleOrigin(of: samples)
    data = try Self.data(options, origin)
    reading = origin?.reading
    guard let origin else {
      selection = DataSelection(split: options.split, classes: options.classes)
      let known = "\(samples) has no samples.json: the checkpoint of the samples is unknown"
      warning =
        options.classes.isEmpty
        ? "\(known), and so are their classes; \(Self.consequence)" : known
      return
    }
    var (selection, shortcoming) = try origin.selection(in: data)
    if options.split != nil || !options.classes.isEmpty {
      selection.split = options.split ?? selection.split
      if !options.classes.isEmpty { (selection.classes, shortcoming) = (options.classes, nil) }
      selection.limit = nil
    }
    self.selection = selection
    warning = shortcoming.map { "\($0); \(Self.consequence)" }
  }

  private static let consequence =
    "real images are taken from all classes: if the samples show one class only, readers can tell "
    + "them apart by that; name the class with --class"

  private static func data(_ options: ReviewOptions, _ origin: SampleOrigin?) throws -> String {
    if let path = options.data ?? origin?.dataPath { return path }
    let option = ReviewOptions.table.option(\.data)
    let run = origin?.recipe.run.map {
      "the run \(quoted($0)), but the run or its data is missing"
    }
    let reason = origin == nil ? "" : ": samples.json names \(run ?? "no run")"
    throw UsageError(
      "\(option.spelling) is missing\(reason); give \(option.expectation), for example "
        + "\(option.spelling) \(option.example)", command: "review")
  }
}
