import Checkpoints
import DCGAN
import DataSets
import Support
import TestSupport
import Testing
import Training

@Suite struct DataChangeTests {
  private func configuration(images: Int, digest: String) -> RunConfiguration {
    RunConfiguration(
      data: RunData(dataPath: "x", split: "all", dataDigest: digest, images: images),
      training: RunTraining(batch: 10, seed: 1),
      program: RunProgram(variant: "baseline", threads: 1))
  }

  @Test func epochsAreCountedFromTheChange() {
    // Four steps an epoch, changed in the third step of the third epoch, then two steps an epoch.
    let before = configuration(images: 40, digest: "a")
    var after = configuration(images: 20, digest: "b")
    after.data.dataChanges = before.dataChanges(acceptedAt: 11)
    #expect(after.data.dataChanges == [DataChange(step: 11, epoch: 2, images: 40, digest: "a")])
    #expect(after.start == TrainingPosition.Start(step: 11, epoch: 2))
    let here = TrainingPosition(step: 11, stepsPerEpoch: 2, from: after.start)
    #expect(here.epoch == 2 && here.nextEpoch == 3 && here.nextStepInEpoch == 0)
    #expect(here.isEndOfEpoch && here.epochsDone == 2)
    // Earlier steps keep their epochs.
    #expect(after.position(after: 6).exactEpochsDone == 1.5)
    #expect(after.position(after: 11).exactEpochsDone == 2.75)
    after.epochs = 5
    #expect(after.totalSteps == 17)
    let next = after.position(after: 12)
    #expect(next.epoch == 3 && next.stepInEpoch == 1 && !next.isEndOfEpoch)
    let end = after.position(after: 13)
    #expect(end.epoch == 3 && end.isEndOfEpoch && end.epochsDone == 3)
    #expect(end.steps(throughEpoch: 5) == 17)
  }

  @Test func goingBackForgetsLaterChanges() {
    var run = configuration(images: 40, digest: "a")
    run.data.dataChanges = run.dataChanges(acceptedAt: 8)
    (run.images, run.dataDigest) = (20, "b")
    run.data.dataChanges = run.dataChanges(acceptedAt: 12)
    (run.images, run.dataDigest) = (60, "c")
    let first = DataChange(step: 8, epoch: 2, images: 40, digest: "a")
    #expect(
      run.data.dataChanges == [first, DataChange(step: 12, epoch: 4, images: 20, digest: "b")])
    #expect(
      run.dataChanges(acceptedAt: 10)
        == [first, DataChange(step: 10, epoch: 3, images: 20, digest: "b")])
    #expect(
      run.dataChanges(acceptedAt: 6) == [DataChange(step: 6, epoch: 1, images: 40, digest: "a")])
    #expect(run.dataChanges(acceptedAt: 8) == [first])
  }

  @Test func listsOfFilesAreCompared() throws {
    let folder = try TemporaryFolder()
    try folder.addFiles(["data/a.png", "data/b.png", "data/c.png"])
    let before = DataFileList(try ImageFolder(root: folder.file("data")))
    try before.write(to: folder.file("list.json"))
    try folder.addFiles(["data/b.png"], bytes: 7)
    try folder.addFiles(["data/d.png"])
    let after = DataFileList(
      try ImageFolder(root: folder.file("data"), excluding: ["a.png"]))
    let read = try #require(DataFileList(contentsOf: folder.file("list.json")))
    #expect(read == before && read.count == 3)
    let difference = read.difference(to: after)
    #expect(difference.added == ["d.png"])
    #expect(difference.missing == ["a.png"])
    #expect(difference.changed == ["b.png"])
    #expect(DataFileList(contentsOf: folder.file("absent.json")) == nil)
  }

  @Test func aRunsDigestIsOfItsNumbersAlone() {
    let run = configuration(images: 40, digest: "a")
    #expect(run.digest.count == 16)
    func digest(_ change: (inout RunConfiguration) -> Void) -> String {
      var other = run
      change(&other)
      return other.digest
    }
    let others: [(inout RunConfiguration) -> Void] = [
      { $0.model = ModelSettings(size: 64) }, { $0.model = ModelSettings(channels: 1) },
      { $0.model = ModelSettings(nz: 10) }, { $0.model = ModelSettings(ngf: 8) },
      { $0.model = ModelSettings(ndf: 8) },
      { $0.batch = 8 }, { $0.learningRate = 1e-3 }, { $0.beta1 = 0.9 }, { $0.averageDecay = 0.9 },
      { $0.seed = 2 }, { $0.split = "train" }, { $0.classes = ["A"] }, { $0.excluded = ["m*"] },
      { $0.limit = 39 }, { $0.fit = .pad }, { $0.background = 255 },
      { $0.window = .minMax }, { $0.window = .range(center: 40, width: 400) }, { $0.frames = .all },
      { $0.images = 39 },
      { $0.splitByPatient = PatientShares("0.8,0.1,0.1") },
      { $0.dataDigest = "b" }, { $0.techniques = Recipe.stable.techniques },
      { $0.techniques = TrainingTechniques(finalLearningRate: 0) },
      // Rates fall over the length.
      {
        $0.techniques = TrainingTechniques(finalLearningRate: 0)
        $0.epochs = 7
      },
      { $0.data.allowsBurnedIn = true },
      { $0.precision = .bfloat16 },
      { $0.initialGenerator = RecordedNetwork(file: "x", digest: "1") },
      { $0.initialDiscriminator = RecordedNetwork(file: "x", digest: "1") },
    ]
    #expect(Set(others.map(digest) + [run.digest]).count == others.count + 1)
    // Neither places nor the length of the run, nor who computes it, nor images that came later.
    let same: [(inout RunConfiguration) -> Void] = [
      { $0.dataPath = "y" }, { $0.epochs = 7 }, { $0.threads = 9 }, { $0.ranks = 4 },
      { $0.keep = 1 },
      { $0.fit = .crop }, { $0.background = 0 },
      {
        $0.data.dataChanges = $0.dataChanges(acceptedAt: 5)
        ($0.images, $0.dataDigest) = (7, "z")
      },
    ]
    #expect(Set(same.map(digest)) == [run.digest])
  }

  /// A file may have been edited by hand, or by somebody who means no good.
  @Test(
    arguments: [
      (
        #""data_changes": [{"step": -1, "epoch": 0, "earlier_images": 4, "earlier_digest": "a"}]"#,
        "data_changes.step"
      ),
      (
        #""data_changes": [{"step": 1, "epoch": 9223372036854775807, "earlier_images": 4, "#
          + #""earlier_digest": "a"}]"#, "data_changes.epoch"
      ),
      (#""background": 300"#, "background"), (#""background": -1"#, "background"),
    ])
  func numbersThatNoRunCanHaveAreNamed(member: String, key: String) throws {
    let folder = try TemporaryFolder()
    try configuration(images: 4, digest: "a").write(to: folder.file("config.json"))
    let text = String(decoding: try folder.read("config.json"), as: UTF8.self)
    try folder.write("{\(member),\(text.dropFirst())", to: "config.json")
    let path = folder.file("config.json")
    let shown = message { _ = try RunConfiguration(contentsOf: path) }
    #expect(shown?.contains("the key '\(key)': expected a whole number from 0 to ") == true)
  }

  @Test(arguments: [("mean_cropped", "1e300"), ("dark_bits", "-9223372036854775808")])
  func anAccountThatNoDataHasIsNamed(key: String, value: String) throws {
    let folder = try TemporaryFolder()
    try configuration(images: 4, digest: "a").write(to: folder.file("config.json"))
    let text = String(decoding: try folder.read("config.json"), as: UTF8.self)
    let numbers = [
      "reoriented", "transparent", "enlarged", "grey", "dark", "most_cropped", "duplicates",
      "mean_cropped", "dark_bits",
    ].map { "\"\($0)\": \($0 == key ? value : $0 == "dark_bits" ? "12" : "0")" }
    let account =
      #""account": {"folders": [], "split_reason": "named", "split_folders": [], "unused": 0, "#
      + #""held_out": 0, "held_out_folders": [], "held_out_duplicates": 0, "passed_over": [], "#
      + "\"pictures\": {\(numbers.joined(separator: ", "))}}"
    try folder.write("{\(account),\(text.dropFirst())", to: "config.json")
    let path = folder.file("config.json")
    let shown = message { _ = try RunConfiguration(contentsOf: path) }
    #expect(
      shown?.contains("the key 'account.pictures.\(key)': expected ") == true, "\(shown ?? "")")
  }

  @Test(arguments: ["-9223372036854775808", "9223372036854775807", "x"])
  func aCheckpointThatBeganNowhereIsRefused(_ value: String) throws {
    for key in ["start_step", "start_epoch"] {
      let metadata = CheckpointMetadata(
        epoch: 1, step: 2, seed: 3,
        settings: ModelSettings(size: 32, channels: 1, nz: 1, ngf: 1, ndf: 1),
        generatorOptimizerStep: 2, discriminatorOptimizerStep: 2, extra: [key: value])
      let shown = message { _ = try CheckpointMetadata(parsing: metadata.strings) }
      #expect(shown?.contains("metadata \(key): expected a whole number") == true)
    }
  }
}
