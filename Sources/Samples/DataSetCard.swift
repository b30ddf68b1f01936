import DCGAN
import Foundation
import Support

/// The card of a data set of synthetic images: what made them, from which data, and what they are for;
/// with the front matter of the Hugging Face hub.
public struct DataSetCard: Sendable {
  /// The name of the data that the networks were trained on; nil where nobody said.
  public var source: String?
  /// The licence, by the hub's identifier, which `isLicense` accepts; nil where nobody said.
  public var license: String?
  /// How many images the networks were trained on; nil where that is not known.
  public var trainingImages: Int?
  /// The classes that they know, or were chosen from the data; empty for none.
  public var trainingClasses: [String]
  /// The rows and columns of an image.
  public var size: Int
  /// 1 for grey, 3 for colour.
  public var channels: Int
  /// The figures of an evaluation; nil where there is none.
  public var evaluation: EvaluationSummary?

  /// Collects the parts; traps where the licence is no identifier.
  public init(
    source: String? = nil, license: String? = nil, trainingImages: Int? = nil,
    trainingClasses: [String] = [], size: Int, channels: Int, evaluation: EvaluationSummary? = nil
  ) {
    require(license.map(Self.isLicense) ?? true, "\(license ?? "") is no identifier of a licence")
    self.source = source
    self.license = license
    self.trainingImages = trainingImages
    self.trainingClasses = trainingClasses
    self.size = size
    self.channels = channels
    self.evaluation = evaluation
  }

  /// Returns whether a text can be one of the hub's identifiers of licences: lower-case letters, digits,
  /// dots and hyphens, in the place of which YAML would read something else.
  public static func isLicense(_ text: String) -> Bool {
    text.wholeMatch(of: /[a-z][a-z0-9.\-]*/) != nil
  }

  /// Writes the card.
  func text(
    classes: [(name: String, images: Int)], recipe: SampleRecipe?, tries: Int?
  ) -> String {
    let count = classes.reduce(0) { $0 + $1.images }
    return [
      frontMatter(classes: classes.map(\.name), count: count), title,
      introduction(classes, count), origin(recipe), drawing(recipe, tries),
      figures, use,
    ].joined(separator: "\n\n") + "\n"
  }

  private var title: String {
    "# Synthetic \(source.map { "images after \(Self.plain($0))" } ?? "images")"
  }

  private func frontMatter(classes: [String], count: Int) -> String {
    let task =
      classes.count > 1 ? "image-classification" : "unconditional-image-generation"
    let sizes = [
      (1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"),
    ]
    let category = sizes.first { count < $0.0 }?.1 ?? "1M<n<10M"
    let name = source.map { "Synthetic images after \($0)" } ?? "Synthetic images"
    return """
      ---
      pretty_name: \(Self.quoted(name))
      license: \(license ?? "unknown")
      task_categories:
      - \(task)
      size_categories:
      - \(category)
      tags:
      - synthetic
      - medical
      - gan
      - dcgan
      ---
      """
  }

  /// Writes a text in Markdown so that it stays on one line and none of its characters has a meaning.
  private static func plain(_ text: String) -> String {
    printable(text).map { "\\`*|<>[]".contains($0) ? "\\\($0)" : "\($0)" }.joined()
  }

  /// Writes a text in YAML's double quotes, which JSON's are.
  private static func quoted(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    // A text can always be encoded.
    return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
  }

  private func introduction(_ classes: [(name: String, images: Int)], _ count: Int) -> String {
    let rows = classes.map { "| \(Self.plain($0.name)) | \($0.images) |" }.joined(separator: "\n")
    return """
      These \(count) images show nobody. A generative network drew them; each is a PNG file of \(size)x\(size) \
      pixels, \(channels == 1 ? "grey" : "colour"), in `train`, with a folder for each class. \
      `metadata.csv` names for each image its class, the score that the discriminator gave it, the \
      calibrated probability of being real, the number of the candidate and the seed of its random \
      vector. The files carry the same in their PNG text chunks.

      | class | images |
      | --- | --- |
      \(rows)
      """
  }

  private func origin(_ recipe: SampleRecipe?) -> String {
    let images = trainingImages.map { "\($0) images" } ?? "a number of images that is not known"
    let classes =
      trainingClasses.isEmpty
      ? "" : " of the classes \(trainingClasses.map(Self.plain).joined(separator: ", "))"
    let digest = recipe?.dataDigest.map { " (digest of the list of files: `\($0)`)" } ?? ""
    let terms =
      license.map { "The licence that was given for these images is `\($0)`." }
      ?? "No licence was given for these images: ask whoever made them."
    return """
      ## Origin

      The networks were trained on \(source.map(Self.plain) ?? "data that were not named"): \(images)\(classes)\(digest). \
      The training images are not a part of this data set. \(terms)
      """
  }

  private func drawing(_ recipe: SampleRecipe?, _ tries: Int?) -> String {
    var facts = ["program: dcgan \(recipe?.version ?? DCGANVersion.current)"]
    if let run = recipe?.runDigest { facts.append("run: `\(run)`") }
    if let epoch = recipe?.epoch { facts.append("epoch: \(epoch)") }
    if let seed = recipe?.runSeed { facts.append("seed of the run: \(seed)") }
    if let generator = recipe?.generator?.digest { facts.append("generator: `\(generator)`") }
    if let seed = recipe?.latents.seed { facts.append("seed of the images: \(seed)") }
    if let bound = recipe?.latents.truncation { facts.append("truncation: \(bound)") }
    if let least = recipe?.minReal { facts.append("least score: \(least)") }
    if let least = recipe?.minRealCalibrated, least > 0 {
      facts.append("least calibrated score: \(least)")
    }
    if let selection = recipe?.select {
      let kinds = selection.cells.map { ", of each of \($0) kinds" } ?? ""
      facts.append("selected: highest \(selection.share) by \(selection.method.rawValue)\(kinds)")
    }
    if let names = recipe?.drawnClasses {
      facts.append("classes asked for: \(names.map(Self.plain).joined(separator: ", "))")
    }
    if let tries { facts.append("candidates tried: \(tries)") }
    return "## How they were drawn\n\n" + facts.map { "- \($0)" }.joined(separator: "\n")
  }

  private var figures: String {
    let start = "## How good they are\n\n"
    guard let evaluation else {
      return start
        + "No figures were given. `dcgan evaluate --out evaluation.json` measures how close the images "
        + "are to real ones, how diverse they are and whether they copy, and "
        + "`--evaluation evaluation.json` puts the figures here."
    }
    return start + evaluation.text
  }

  private var use: String {
    """
    ## Intended use

    For research and teaching: to try out methods, to train and to test software, and to study \
    generative networks. Whether such images help to train a classifier depends on the data; \
    `dcgan study` measures it with the controls that the question needs.

    ## What must not be done

    - Never diagnose from them, nor treat anybody on their account: they show nobody, and may show what \
    no body has.
    - Never test a classifier on them in the place of real images, nor report them as real ones.
    - Never try to find out who was among the training images. A generator can come close to an image \
    that it was trained on; share these images only as far as the training images' terms allow.
    - Never train a generator on them as if they were real.
    """
  }
}
