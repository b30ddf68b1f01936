import Foundation
import Imaging
import Support
import TestSupport
import Testing
import Training

/// `dcgan sample --dataset`, and what `dcgan train` does with what it wrote.
@Suite(.slow) struct DataSetProcessTests {
  private let folder: TemporaryFolder
  private let set: String

  init() throws {
    folder = try TemporaryFolder()
    set = folder.file("set")
  }

  private func sample(_ options: String, run: String = PracticeRun.path) throws
    -> Executable.Outcome
  {
    try Executable.run(
      ["sample", "--run", run, "--dataset", set] + Executable.words(options, ["set": set]))
  }

  private func train(
    _ data: String, _ run: String, _ more: String = ""
  ) throws -> Executable.Outcome {
    try Executable.run(
      ["train", "--data", data, "--run", folder.file(run)]
        + Practice.words("--size 32 --ngf 1 --ndf 1 --batch 2 --epochs 1 --steps 1 \(more)"))
  }

  private func table() throws -> [[String]] {
    String(decoding: try folder.read("set/metadata.csv"), as: UTF8.self)
      .split(separator: "\n").map { line in
        line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
  }

  @Test func `the images are those of a drawing, with a table and a card`() throws {
    let outcome = try sample("--count 3 --seed 6 --source Phantoms --license cc0-1.0")
    #expect(outcome.code == 0, "\(outcome.error)")
    #expect(outcome.output == "3 of 3 candidates kept (no threshold, epoch 3): \(set)\n")
    #expect(try folder.names() == ["set"])
    #expect(try folder.names("set") == ["README.md", "metadata.csv", "train"])
    let rows = try table()
    #expect(
      rows.map { $0[0] } == ["file_name"] + (1...3).map { "train/synthetic/image-0000\($0).png" })
    #expect(rows.dropFirst().map { $0[1] } == Array(repeating: "synthetic", count: 3))
    #expect(rows.dropFirst().map { $0[4...].joined(separator: " ") } == ["0 6", "1 6", "2 6"])
    let plain = try Executable.run(
      ["sample", "--run", PracticeRun.path, "--out", folder.file("out")]
        + Practice.words("--count 3 --seed 6"))
    #expect(plain.code == 0)
    for number in 1...3 {
      let image = try PixelImage(contentsOf: "\(set)/train/synthetic/image-0000\(number).png")
      #expect(image == (try PixelImage(contentsOf: folder.file("out/sample-000\(number).png"))))
    }
    let settings = try RunFolder.open(at: PracticeRun.path).configuration()
    let card = String(decoding: try folder.read("set/README.md"), as: UTF8.self)
    for line in [
      "license: cc0-1.0", "- run: `\(settings.digest)`", "- epoch: 3", "- seed of the run: 7",
      "- seed of the images: 6", "- candidates tried: 3",
    ] {
      #expect(card.contains("\n\(line)\n"), "\(line)")
    }
    #expect(
      card.contains("Phantoms: 39 images (digest of the list of files: `\(settings.dataDigest)`)"))
  }

  @Test func `a run on one class gives its name as the label`() throws {
    let run = folder.file("run")
    #expect(try train(Practice.phantoms.data, "run", "--class NORMAL").code == 0)
    #expect(try sample("--count 2", run: run).code == 0)
    #expect(try table().map { $0[1] } == ["label", "NORMAL", "NORMAL"])
  }

  @Test func `no name and no path of the data or the machine is in it`() throws {
    #expect(try sample("--count 4").code == 0)
    let manager = FileManager.default
    let names = try manager.subpathsOfDirectory(atPath: Practice.phantoms.data)
      .filter { $0.hasSuffix(".jpeg") }
      .flatMap { [$0, String($0.split(separator: "/").last ?? "")] }
    try #require(names.count == 96)
    let secrets =
      names + [Practice.phantoms.data, PracticeRun.path, folder.path, NSHomeDirectory()]
    for file in try manager.subpathsOfDirectory(atPath: set) {
      guard let bytes = try? folder.read("set/\(file)") else { continue }
      for secret in secrets {
        #expect(bytes.firstRange(of: secret.utf8) == nil, "\(file) has \(secret)")
      }
    }
  }

  @Test func `too few are written, and the code says so`() throws {
    let outcome = try sample("--count 5 --min-real 1 --max-tries 5")
    #expect(outcome.code == 1)
    #expect(outcome.output.contains("found 0 of 5"))
    #expect(try folder.names("set") == [])
    #expect(try sample("--count 8").code == 0)
    let scores = try table().dropFirst().compactMap { Float($0[2]) }.sorted()
    try #require(scores.count == 8 && scores[6] < scores[7])
    let some = try sample("--count 8 --max-tries 8 --min-real \(scores[7])")
    #expect(some.code == 1)
    #expect(some.output.contains("found 1 of 8"))
    #expect(try table().dropFirst().compactMap { Float($0[2]) } == [scores[7]])
    #expect(try folder.names("set/train/synthetic") == ["image-00001.png"])
  }

  @Test func `chosen candidates are drawn again`() throws {
    #expect(try sample("--count 6 --seed 9").code == 0)
    let rows = try table()
    let second = try folder.read("set/train/synthetic/image-00003.png")
    let out = folder.file("out")
    #expect(
      try Executable.run(
        ["sample", "--run", PracticeRun.path, "--out", out, "--count", "6", "--seed", "9"]
      ).code == 0)
    try folder.write("candidate\n2\n5\n", to: "out/chosen.csv")
    let again = try Executable.run(
      ["sample", "--dataset", set, "--from", "\(out)/chosen.csv"])
    #expect(again.code == 0, "\(again.error)")
    #expect(
      try table().dropFirst().map { Array($0[1...]) } == [rows[3], rows[6]].map { Array($0[1...]) })
    #expect(try folder.read("set/train/synthetic/image-00001.png") == second)
  }

  @Test func `training refuses synthetic images unless they are allowed`() throws {
    #expect(try sample("--count 6").code == 0)
    let refused = try train(set, "run")
    #expect(refused.code == 1)
    #expect(
      refused.error
        == "dcgan train: \(set): expected real images, found only 6 synthetic images, the first "
        + "'train/synthetic/image-00001.png'; a generator that learns from generated images repeats "
        + "their faults; name a folder of real images, or give --allow-synthetic to train on these\n"
    )
    #expect(try folder.names() == ["set"])
    let allowed = try train(set, "run", "--allow-synthetic")
    #expect(allowed.code == 0, "\(allowed.error)")
    let settings = try RunFolder.open(at: folder.file("run")).configuration()
    #expect(settings.allowsSynthetic == true)
    #expect(settings.images == 6)
    let object = try TemporaryFolder.object(Data(folder.read("run/config.json")))
    #expect(object["allow_synthetic"] as? Bool == true)
    let resumed = try Executable.run(
      ["train", "--run", folder.file("run"), "--resume", "--steps", "2", "--quiet"])
    #expect(resumed.code == 0, "\(resumed.error)")
    #expect(try RunFolder.open(at: folder.file("run")).configuration().allowsSynthetic == true)
  }

  @Test func `among real images they are left out and named, and settings do not mention them`()
    throws
  {
    #expect(try sample("--count 3").code == 0)
    try folder.addFiles(["data/notes.txt"])
    try FileManager.default.copyItem(
      atPath: "\(Practice.phantoms.data)/train", toPath: folder.file("data/real"))
    try FileManager.default.copyItem(atPath: set, toPath: folder.file("data/set"))
    let outcome = try train(folder.file("data"), "run", "--split all")
    #expect(outcome.code == 0, "\(outcome.error)")
    #expect(
      outcome.error.contains(
        "ignored 3 synthetic images, the first set/train/synthetic/image-00001.png"))
    let text = String(decoding: try folder.read("run/config.json"), as: UTF8.self)
    #expect(try RunFolder.open(at: folder.file("run")).configuration().images == 39)
    #expect(!text.contains("allow_synthetic"))
    let begun = try train(folder.file("data"), "run", "--resume --allow-synthetic")
    #expect(begun.code == 1)
    #expect(
      begun.error.contains(
        "--allow-synthetic: the run in \(folder.file("run")) was started without"))
  }
}
