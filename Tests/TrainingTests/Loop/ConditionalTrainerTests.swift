import Checkpoints
import DCGAN
import DataSets
import Foundation
import Imaging
import Phantoms
import Tensor
import TestSupport
import Testing
import Training

/// Runs whose networks are told the classes of their images.
@Suite(.slow) struct ConditionalTrainerTests {
  private let place: TemporaryFolder
  private let images: ImageDataSet
  private let classes = ModelClasses(names: ["NORMAL", "PNEUMONIA"], images: [4, 7])

  init() throws {
    place = try TemporaryFolder()
    for kind in PhantomKind.allCases {
      try FileManager.default.createDirectory(
        atPath: place.file("data/\(kind.rawValue)"), withIntermediateDirectories: true)
      for index in 0..<(kind == .normal ? 4 : 7) {
        try Phantom.draw(seed: 5, index: index, kind: kind)
          .writePNG(to: place.file("data/\(kind.rawValue)/\(index).png"))
      }
    }
    images = try ImageDataSet(
      listing: ImageFolder(root: place.file("data")),
      reading: ImageReading(size: 32, channels: 1), threads: 2
    ).labelled(by: FolderClasses(names: classes.names))
  }

  private func configuration(
    _ classes: ModelClasses?, steps: Int? = nil, threads: Int = 2
  ) -> RunConfiguration {
    RunConfiguration(
      data: RunData(
        dataPath: place.file("data"), split: "all", dataDigest: "", images: images.count),
      model: ModelSettings(size: 32, channels: 1, nz: 4, ngf: 2, ndf: 3, classes: classes),
      training: RunTraining(epochs: 2, steps: steps, batch: 3, seed: 77),
      checkpoints: RunCheckpoints(checkpointEvery: 1, keep: 3, keepEvery: 10),
      program: RunProgram(version: "test", variant: "test", threads: threads))
  }

  /// Trains two epochs of four steps, or goes on with a run.
  @discardableResult
  private func train(
    _ name: String, _ classes: ModelClasses?, steps: Int? = nil, threads: Int = 2,
    resumes: Bool = false
  ) throws -> Trainer {
    let configuration = configuration(classes, steps: steps, threads: threads)
    let folder =
      resumes
      ? try RunFolder.resume(at: place.file(name))
      : try RunFolder.create(at: place.file(name), configuration: configuration)
    var checkpoint: (Checkpoint, String)?
    if resumes {
      let path = try folder.findCheckpoint().path
      checkpoint = (try Checkpoint(contentsOf: path), path)
    }
    let trainer = try Trainer(
      configuration: configuration, images: images, folder: folder,
      backend: Backend(threads: threads), resumingFrom: checkpoint)
    _ = try trainer.run()
    return trainer
  }

  private static let files = [
    "checkpoints/epoch-0001.safetensors", "checkpoints/epoch-0002.safetensors",
    "progress/epoch-0001.png", "progress/epoch-0002.png", "epochs.jsonl",
  ]

  @Test(arguments: [1, 4, 6])
  func `a stopped and resumed run equals an uninterrupted one`(stop: Int) throws {
    try train("whole", classes)
    try train("halted", classes, steps: stop)
    try train("halted", classes, resumes: true)
    for file in Self.files {
      #expect(try place.read("whole/\(file)") == place.read("halted/\(file)"), "\(file)")
    }
  }

  @Test func threadsDoNotChangeAByte() throws {
    for threads in [1, 3] { try train("threads-\(threads)", classes, threads: threads) }
    for file in Self.files {
      #expect(try place.read("threads-1/\(file)") == place.read("threads-3/\(file)"), "\(file)")
    }
  }

  /// Both are trained on the same images in the same order: only the classes tell them apart.
  @Test func onlyAConditionalRunNamesClasses() throws {
    let conditional = try train("conditional", classes)
    let plain = try train("plain", nil)
    #expect(
      try RunFolder.open(at: conditional.runPath).configuration().model.classes == classes)
    let settings = try JSONSerialization.jsonObject(
      with: Data(place.read("conditional/config.json")))
    let keys = try #require(settings as? [String: Any])
    #expect(keys["class_names"] as? [String] == classes.names)
    #expect(keys["class_images"] as? [Int] == classes.images)
    let other = try JSONSerialization.jsonObject(with: Data(place.read("plain/config.json")))
    let plainKeys = try #require(other as? [String: Any]).keys
    #expect(!plainKeys.contains("class_names") && !plainKeys.contains("class_images"))
    let checkpoint = try Checkpoint(contentsOf: place.file("plain/" + Self.files[1]))
    #expect(!checkpoint.metadata.strings.keys.contains { $0.hasPrefix("class") })
    #expect(plain.model.settings.classes == nil)
    let sheets = try ["plain", "conditional"].map { try place.read("\($0)/\(Self.files[3])") }
    #expect(sheets[0] != sheets[1])
  }

  @Test func aSheetHasWholeColumnsOfAClass() throws {
    let trainer = try train("sheet", classes)
    let sheet = try PixelImage(contentsOf: place.file("sheet/" + Self.files[3]))
    let found = try ProgressGrid.sheet.tiles(of: sheet, rows: 8, file: "sheet")
    let latents = Tensor(
      latents: 64, nz: 4, from: RandomUse.progressLatents.stream(seed: 77))
    let labels = (0..<64).map { $0 % 8 < 4 ? 0 : 1 }
    let expected = trainer.model.generate(latents, labels: labels, Backend(threads: 1))
    #expect(found == expected.pixelImages)
  }

  @Test func `a checkpoint of other classes is not gone on with`() throws {
    try train("run", classes)
    let path = place.file("run/" + Self.files[1])
    let run = try RunFolder.resume(at: place.file("run"))
    for (other, words) in [
      (
        ModelClasses(names: ["NORMAL", "VIRUS"], images: [4, 7]),
        "the classes NORMAL, VIRUS, [4, 7] images"
      ),
      (nil, "no classes"),
    ] {
      let shown = message {
        _ = try Trainer(
          configuration: configuration(other), images: images, folder: run,
          backend: Backend(threads: 1), resumingFrom: (try Checkpoint(contentsOf: path), path))
      }
      #expect(
        shown
          == "\(path): expected networks of \(words), as the run has, found the classes NORMAL, "
          + "PNEUMONIA, [4, 7] images; put the run's own checkpoint there")
    }
  }
}
