import Foundation
import Imaging
import Review
import TestSupport
import Testing

/// One conditional run of the phantoms through all commands.
@Suite(.slow) struct ConditionalProcessTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try Practice.phantoms.train(
      run: folder.file("run"), epochs: 2, ["--conditional", "--quiet"])
  }

  private func run(_ line: String, code: Int32 = 0) throws -> Executable.Outcome {
    let outcome = try Executable.run(
      line,
      ["folder": folder.path, "run": folder.file("run"), "data": Practice.phantoms.data])
    #expect(outcome.code == code, "\(line): \(outcome.error)")
    return outcome
  }

  private func object(_ outcome: Executable.Outcome) throws -> [String: any Sendable] {
    try TemporaryFolder.object(Data(outcome.output.utf8))
  }

  private func table(_ out: String) throws -> [[String]] {
    String(decoding: try folder.read("\(out)/samples.csv"), as: UTF8.self)
      .split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
  }

  @Test func samplesHaveTheClassesThatAreAskedFor() throws {
    _ = try run("sample --run {run} --count 40 --out {folder}/all --quiet")
    let all = try table("all")
    #expect(all[0] == ["file", "candidate", "score", "calibrated", "class"])
    #expect(Set(all.dropFirst().map { $0[4] }) == ["NORMAL", "PNEUMONIA"])
    let chosen =
      "sample --run {run} --count 5 --class PNEUMONIA --class NORMAL --quiet --out {folder}"
    _ = try run(chosen + "/two")
    #expect(
      try table("two").dropFirst().map { $0[4] }
        == ["PNEUMONIA", "NORMAL", "PNEUMONIA", "NORMAL", "PNEUMONIA"])
    for (name, count) in [("all", 40), ("two", 5)] {
      _ = try run("sample --from {folder}/\(name)/samples.csv --out {folder}/again --quiet")
      let files = ["samples.csv"] + (1...count).map { "sample-00\($0 < 10 ? "0" : "")\($0).png" }
      for file in files {
        #expect(try folder.read("again/\(file)") == folder.read("\(name)/\(file)"), "\(file)")
      }
    }
  }

  @Test func unknownClassesAreRefused() throws {
    let unknown = try run("sample --run {run} --class pneumonia --out {folder}/none", code: 1)
    #expect(
      unknown.error
        == "dcgan sample: class 'pneumonia': expected one of NORMAL, PNEUMONIA, the classes that the "
        + "networks were trained with; did you mean 'PNEUMONIA'?\n")
    let outcome = try run(
      "sample --run \(PracticeRun.path) --class NORMAL --out {folder}/none", code: 1)
    #expect(outcome.error.hasPrefix("dcgan sample: class 'NORMAL': the networks know no classes"))
    #expect(try run("score {data}/test --run {run} --class X", code: 1).error.contains("class 'X'"))
    #expect(try !folder.names().contains("none"))
  }

  @Test func imagesAreScoredAsThoseOfTheirFolders() throws {
    let plain = try run("score {data}/test/PNEUMONIA --run {run}").output
    #expect(plain == (try run("score {data}/test/PNEUMONIA --run {run} --class PNEUMONIA").output))
    #expect(plain != (try run("score {data}/test/PNEUMONIA --run {run} --class NORMAL").output))
    try FileManager.default.copyItem(
      atPath: Practice.phantoms.data + "/test/PNEUMONIA", toPath: folder.file("elsewhere"))
    let outcome = try run("score {folder}/elsewhere --run {run}", code: 1)
    #expect(outcome.error.contains("name its class with --class"), "\(outcome.error)")
  }

  @Test func itsClassesAreNamedAndMeasured() throws {
    let info = try run("info {run}").output
    #expect(info.contains("conditional on NORMAL ("), "\(info)")
    let checkpoint = try object(run("info {run}/\(PracticeRun.checkpoint(2)) --json"))
    let content = try #require(checkpoint["checkpoint"] as? [String: Any])
    #expect(content["class_names"] as? [String] == ["NORMAL", "PNEUMONIA"])
    let images = try #require(content["class_images"] as? [Int])
    #expect(images.reduce(0, +) == Practice.phantoms.images)

    let evaluation = try object(
      run("evaluate --run {run} --missing {folder}/missing.png --json --quiet"))
    // The classes stand beside the rows.
    #expect(try PixelImage(contentsOf: folder.file("missing.png")).width > 8 * 34 - 2)
    let classes = try #require(evaluation["classes"] as? [[String: Any]])
    #expect(classes.compactMap { $0["class"] as? String } == ["NORMAL", "PNEUMONIA"])
    #expect(classes.allSatisfy { $0["figures"] != nil || $0["problem"] != nil })

    _ = try run("grid --run {run} --out {folder}/grid.png --quiet")
    #expect(try PixelImage(contentsOf: folder.file("grid.png")).width > 8 * 32)
    _ = try run("report --run {run} --out {folder}/report.html --quiet")
    let page = String(decoding: try folder.read("report.html"), as: UTF8.self)
    #expect(page.contains("Conditional on") && page.contains("PNEUMONIA ("))

    let export = try run("export --run {run} --out {folder}/g.safetensors")
    #expect(export.output.hasSuffix(", classes NORMAL, PNEUMONIA\n"), "\(export.output)")
  }

  /// The data set may be gone: then the sheet of real images is scored, whose classes follow from the
  /// counts.
  @Test func aReportWithoutItsDataScoresTheSheet() throws {
    let gone = folder.file("gone")
    let outcome = try run("report --run {run} --data \(gone) --out {folder}/report.html --quiet")
    let page = String(decoding: try folder.read("report.html"), as: UTF8.self)
    #expect(page.contains("from real-samples.png"), "\(outcome.error)")
  }

  @Test func aReviewIsBrokenDownByClass() throws {
    _ = try run("sample --run {run} --count 12 --out {folder}/s --quiet")
    _ = try run(
      "review --samples {folder}/s --data {data} --count 10 --seed 1 --out {folder}/r --quiet")
    let key = try ReviewKey(contentsOf: folder.file("r/key.json"))
    #expect(key.images.allSatisfy { ["NORMAL", "PNEUMONIA"].contains($0.className) })
    for image in key.images(.real) {
      #expect(image.file.contains("/\(image.className ?? "")/"))
    }
    let page = String(decoding: try folder.read("r/review.html"), as: UTF8.self)
    #expect(!page.contains("PNEUMONIA"))
    let rows = key.images.map { "\(key.review),anna,\($0.id),\($0.kind.rawValue)\n" }
    try folder.write("review,reader,image,verdict\n" + rows.joined(), to: "anna.csv")
    let result = try object(
      run("review --verdicts {folder}/anna.csv --out {folder}/r --json --quiet"))
    let classes = try #require(result["classes"] as? [[String: Any]])
    let counts = ["NORMAL", "PNEUMONIA"].map { name in
      key.images.count { $0.className == name }
    }
    #expect(classes.map { $0["verdicts"] as? Int } == counts)
    let text = try run("review --verdicts {folder}/anna.csv --out {folder}/r").output
    #expect(text.contains("\n  class      verdicts  unsure"), "\(text)")
  }

  @Test func itGoesOnWithItsOwnClassesAlone() throws {
    // Folders of other names, and the same files otherwise, which are accepted as changed.
    let other = folder.file("other")
    try FileManager.default.copyItem(atPath: Practice.phantoms.data, toPath: other)
    try FileManager.default.moveItem(
      atPath: other + "/train/PNEUMONIA", toPath: other + "/train/VIRUS")
    let outcome = try run(
      "train --run {run} --resume --epochs 3 --data \(other) --accept-changed-data --quiet", code: 1
    )
    #expect(
      outcome.error
        == "dcgan train: \(other): expected the classes NORMAL, PNEUMONIA, as the run in "
        + "\(folder.file("run")) has, found NORMAL, VIRUS; restore the folders, or start a new run "
        + "in another --run folder\n")
  }

  @Test func networksOfOtherClassesAreNotBegunWith() throws {
    _ = try run("export --run {run} --out {folder}/g.safetensors --quiet")
    let training = Practice.phantoms.training(
      run: folder.file("new"), ["--init-generator", folder.file("g.safetensors"), "--quiet"])
    let refused = try Executable.run(training)
    #expect(refused.code == 1)
    #expect(
      refused.error
        == "dcgan train: \(folder.file("g.safetensors")): not a usable generator: expected a "
        + "generator of no classes, as the run has, found one of 2 classes (NORMAL, PNEUMONIA); "
        + "train with --conditional on images of its classes, or name another file\n")
    let accepted = try Executable.run(training + ["--conditional", "--steps", "1"])
    #expect(accepted.code == 0, "\(accepted.error)")
  }
}
