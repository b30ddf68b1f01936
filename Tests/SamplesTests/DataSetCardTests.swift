import Checkpoints
import DCGAN
import Foundation
import Imaging
import Samples
import Support
import Tensor
import TestSupport
import Testing

/// What the card of a data set says, read back.
@Suite struct DataSetCardTests {
  private let place: TemporaryFolder

  init() throws { place = try TemporaryFolder() }

  /// Exports an image of each class, or one of none, and returns the lines of the card.
  private func lines(_ card: DataSetCard, classes: [String] = []) throws -> [String] {
    let known =
      classes.isEmpty
      ? nil : ModelClasses(names: classes, images: Array(repeating: 3, count: classes.count))
    let model = AdversarialModel(
      ModelSettings(size: 32, channels: 1, nz: 5, ngf: 3, ndf: 3, classes: known), seed: 8)
    var recipe = SampleRecipe(
      variant: "avx2", run: "./run", epoch: 3, step: 15, runSeed: 7,
      latents: .seeded(seed: 4, truncation: 1.5))
    recipe.runDigest = "0123456789abcdef"
    recipe.dataDigest = "fedcba9876543210"
    recipe.minReal = 0.25
    let set = try SyntheticDataSet(
      path: place.file("set"), card: card, recipe: recipe, defaultLabel: "synthetic")
    let count = max(1, classes.count)
    _ = try Sampler(
      model, latents: LatentSource(seed: 4, nz: 5), backend: Backend(threads: 1),
      classes: .inTurn(Array(classes.indices))
    ).draw(count: count, maximumTries: count) { try set.add($0) }
    try set.finish(tries: 9)
    return String(decoding: try place.read("set/README.md"), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Reads the front matter: the texts and lists of texts of a YAML object.
  private func frontMatter(_ lines: [String]) throws -> [String: [String]] {
    try #require(lines.first == "---")
    let end = try #require(lines.dropFirst().firstIndex(of: "---"))
    var found: [String: [String]] = [:]
    var key = ""
    for line in lines[1..<end] {
      if line.hasPrefix("- ") {
        found[key, default: []].append(String(line.dropFirst(2)))
      } else {
        let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
        key = parts[0]
        #expect(found[key] == nil)
        let value = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
        found[key] = value.isEmpty ? [] : [value]
      }
    }
    return found
  }

  @Test func `the front matter is the hub's`() throws {
    let card = DataSetCard(
      source: #"Chest "X-Ray": all"#, license: "cc-by-4.0", size: 32, channels: 1)
    #expect(
      try frontMatter(lines(card, classes: ["ILL", "WELL"])) == [
        "pretty_name": [#""Synthetic images after Chest \"X-Ray\": all""#],
        "license": ["cc-by-4.0"], "task_categories": ["image-classification"],
        "size_categories": ["n<1K"], "tags": ["synthetic", "medical", "gan", "dcgan"],
      ])
  }

  @Test func `without classes, licence and source it says so`() throws {
    let lines = try lines(DataSetCard(size: 32, channels: 3))
    let front = try frontMatter(lines)
    #expect(front["license"] == ["unknown"])
    #expect(front["task_categories"] == ["unconditional-image-generation"])
    #expect(front["pretty_name"] == ["\"Synthetic images\""])
    let text = lines.joined(separator: "\n")
    #expect(
      text.contains("trained on data that were not named: a number of images that is not known"))
    #expect(text.contains("No licence was given for these images: ask whoever made them."))
    #expect(text.contains("No figures were given. `dcgan evaluate --out evaluation.json` measures"))
  }

  @Test func `it says what made the images, from which data, and what must not be done`() throws {
    let card = DataSetCard(
      source: "Radiographs", license: "mit", trainingImages: 5216,
      trainingClasses: ["ILL", "WELL"], size: 32, channels: 1)
    let lines = try lines(card, classes: ["ILL", "WELL"])
    #expect(
      lines.filter { $0.hasPrefix("#") } == [
        "# Synthetic images after Radiographs", "## Origin", "## How they were drawn",
        "## How good they are", "## Intended use", "## What must not be done",
      ])
    for line in [
      "| ILL | 1 |", "| WELL | 1 |", "- program: dcgan \(DCGANVersion.current)",
      "- run: `0123456789abcdef`", "- epoch: 3", "- seed of the run: 7", "- seed of the images: 4",
      "- truncation: 1.5", "- least score: 0.25", "- candidates tried: 9",
    ] {
      #expect(lines.contains(line))
    }
    let text = lines.joined(separator: "\n")
    #expect(
      text.contains(
        "trained on Radiographs: 5216 images of the classes ILL, WELL (digest of the list of files: "
          + "`fedcba9876543210`)."))
    #expect(text.contains("- Never diagnose from them"))
    #expect(text.contains("- Never test a classifier on them in the place of real images"))
    #expect(text.contains("- Never try to find out who was among the training images."))
  }

  @Test func `the figures of an evaluation stand beside their floors`() throws {
    let names = ["precision", "recall", "density", "coverage", "ms_ssim"]
    let figures =
      names.enumerated().map { "\"\($1)\":{\"generated\":0.\($0)25,\"floor\":0.5}" }
      + [
        #""sliced_wasserstein_mean":{"generated":39.7,"floor":12.5}"#,
        #""copying":{"generated":-4.25,"floor":0.125}"#,
        #""nearest":[{"generated":0,"training":"patient-77.png","distance":1}]"#,
      ]
    try place.write(
      #"{"generated":"/home/me/run","findings":["copies"],"figures":{"size":64,"compared":512,"#
        + figures.joined(separator: ",") + "}}", to: "evaluation.json")
    let card = DataSetCard(
      size: 32, channels: 1,
      evaluation: try EvaluationSummary(contentsOf: place.file("evaluation.json")))
    let lines = try lines(card)
    for line in [
      "| sliced Wasserstein distance | lower | 39.7000 | 12.5000 |",
      "| precision | higher | 0.0250 | 0.5000 |", "| recall | higher | 0.1250 | 0.5000 |",
      "| density | higher | 0.2250 | 0.5000 |", "| coverage | higher | 0.3250 | 0.5000 |",
      "| MS-SSIM of pairs | near the floor | 0.4250 | 0.5000 |",
      "| copying z | near 0; below -3: copies | -4.2500 | 0.1250 |",
      "The figures speak against the images: copies.",
    ] {
      #expect(lines.contains(line))
    }
    let text = lines.joined(separator: "\n")
    #expect(text.contains("on 512 generated images of 64 pixels"))
    #expect(!text.contains("patient") && !text.contains("/home"))
  }

  @Test func `what is no evaluation is named`() throws {
    try place.write(#"{"figures":{}}"#, to: "other.json")
    #expect(
      message { _ = try EvaluationSummary(contentsOf: place.file("other.json")) }?
        .hasPrefix("\(place.file("other.json")): expected the figures that dcgan evaluate writes")
        == true)
  }

  @Test func `names cannot break out of their place`() throws {
    let card = DataSetCard(source: "a\n---\n| `b`", size: 32, channels: 1)
    let lines = try lines(card, classes: ["x|y", "z"])
    #expect(lines.filter { $0 == "---" }.count == 2)
    #expect(lines.contains(#"# Synthetic images after a\\n---\\n\| \`b\`"#))
    #expect(lines.contains(#"| x\|y | 1 |"#))
  }

  @Test(arguments: [
    ("cc-by-4.0", true), ("mit", true), ("cc0-1.0", true), ("", false), ("CC-BY", false),
    ("a: b", false), ("a\nb", false), ("4.0", false), ("-x", false),
  ])
  func `identifiers of licences are plain words`(text: String, isLicense: Bool) {
    #expect(DataSetCard.isLicense(text) == isLicense)
  }
}
