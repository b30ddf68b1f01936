import Foundation
import Review
import Support
import TestSupport
import Testing

@Suite struct ReviewCommandTests {
  private let fixture: ReviewFixture

  init() throws { fixture = try ReviewFixture() }

  @Test func aReviewIsMadeOnce() throws {
    let (code, recording) = fixture.make()
    #expect(code == .done)
    #expect(try fixture.folder.names("review") == ["key.json", "review.html"])
    let key = try fixture.key
    #expect(key.seed == 4 && key.images.count == 8)
    let out = fixture.folder.file("review")
    #expect(
      recording.output.hasPrefix(
        "wrote \(out)/review.html: review \(key.review), 4 real and 4 synthetic images, "))
    #expect(
      recording.output.hasSuffix(
        ", for readers\nwrote \(out)/key.json: what each image is, not for readers\n"))
    #expect(
      recording.error
        == "warning: 4 images of each kind instead of 50: there are no more of the rarer "
        + "kind\nwarning: \(fixture.folder.file("samples")) has no samples.json: the checkpoint "
        + "of the samples is unknown, and so are their classes; real images are taken from all "
        + "classes: if the samples show one class only, readers can tell them apart by that; "
        + "name the class with --class\n")
    // A second one would take the first one's key away.
    let before = try fixture.folder.read("review/key.json")
    let again = fixture.make()
    #expect(again.code == .failed)
    #expect(
      again.recording.error
        == "dcgan review: cannot make a review in \(out): it already holds one, whose verdicts "
        + "need its key.json; name another folder\n")
    #expect(try fixture.folder.read("review/key.json") == before)
  }

  @Test func withoutASeedEveryReviewIsAnother() throws {
    for name in ["a", "b"] {
      let line = "--samples {folder}/samples --data {folder}/data --out {folder}/\(name) --quiet"
      #expect(fixture.run(line).code == .done)
    }
    let keys = try ["a", "b"].map {
      try ReviewKey(contentsOf: fixture.folder.file("\($0)/key.json"))
    }
    #expect(keys[0].seed != keys[1].seed && keys[0].review != keys[1].review)
  }

  @Test func verdictsAreWorkedOut() throws {
    #expect(fixture.make("--count 4").code == .done)
    try fixture.writeVerdicts("Anna", wrong: ["sample-0002.png"], to: "anna.csv")
    try fixture.writeVerdicts(
      "Ben", wrong: ["sample-0002.png", "sample-0003.png", "patient-1.png"], to: "ben.csv")
    let (code, recording) = fixture.run(
      "--verdicts {folder}/anna.csv --verdicts {folder}/ben.csv --out {folder}/review")
    #expect(code == .done)
    #expect(recording.error.isEmpty)
    let passed = fixture.folder.file("review/passed")
    let review = try fixture.key.review
    // Both call 5 images real and 3 synthetic, and agree on 6 of 8; chance gives (5·5 + 3·3) / 64.
    #expect(
      recording.output == """
        review \(review): 2 readers, 8 images, 4 of them synthetic
          reader        verdicts  unsure            accuracy         sensitivity           specificity
          Anna                 8       0  87.5 % (52.9-97.8)  75.0 % (30.1-95.4)  100.0 % (51.0-100.0)
          Ben                  8       0  62.5 % (30.6-86.3)  50.0 % (15.0-85.0)    75.0 % (30.1-95.4)
          all together        16       0  75.0 % (50.5-89.8)  62.5 % (30.6-86.3)    87.5 % (52.9-97.8)
          accuracy: right verdicts; sensitivity: synthetic images detected;
          specificity: real images accepted; shares of the verdicts that are not unsure,
          with the 95 % interval (Wilson) in brackets
          all together treats several verdicts on one image as independent
          agreement of  and  images  kappa
          Anna          Ben       8   0.47
          Cohen's kappa over real, synthetic and unsure: 1 full agreement, 0 chance
        1 of 4 synthetic images passed (more than half of an image's verdicts are real): \(passed)

        """)
    #expect(try fixture.folder.names("review/passed") == ["manifest.json", "sample-0002.png"])
  }

  @Test func numbersCanBeReadByMachines() throws {
    #expect(fixture.make("--count 4").code == .done)
    try fixture.writeVerdicts("7", wrong: [], to: "seven.csv")
    let (code, recording) = fixture.run(
      "--verdicts {folder}/seven.csv --out {folder}/review --json")
    #expect(code == .done)
    let result = try TemporaryFolder.object(Data(recording.output.utf8))
    #expect(result["passed"] as? [String] == [])
    #expect(result["images"] as? Int == 8)
    let readers = try #require(result["readers"] as? [[String: Any]])
    #expect(readers.count == 1 && readers[0]["reader"] as? String == "7")
    let accuracy = try #require(readers[0]["accuracy"] as? [String: Double])
    #expect(accuracy["share"] == 1 && accuracy["high"] == 1 && accuracy["count"] == 8)
    #expect(abs(try #require(accuracy["low"]) - 0.6756) < 1e-4)
  }

  @Test func whatIsMissingIsNamed() throws {
    let missing = fixture.run("--verdicts {folder}/a.csv --out {folder}/none")
    #expect(missing.code == .failed)
    #expect(
      missing.recording.error
        == "dcgan review: cannot read \(fixture.folder.file("none/key.json")): no such file; "
        + "name the folder of a review\n")
    #expect(fixture.make().code == .done)
    let verdicts = fixture.run("--verdicts {folder}/a.csv --out {folder}/review")
    #expect(verdicts.code == .failed)
    #expect(
      verdicts.recording.error
        == "dcgan review: cannot read \(fixture.folder.file("a.csv")): no such file or folder\n")
  }
}
