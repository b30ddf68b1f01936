import Checkpoints
import DCGAN
import DataSets
import Foundation
import Imaging
import Phantoms
import Tensor
import TestSupport
import Training

/// A folder with a few phantoms and the runs that train on them.
package struct TrainingPlace: Sendable {
  package let folder: TemporaryFolder
  package let images: ImageDataSet
  package let averageDecay: Double?

  /// Makes a folder of phantoms, and of even pictures, dark ones before bright ones.
  package init(
    count: Int = 11, dark: Int = 0, bright: Int = 0, averageDecay: Double? = nil
  ) throws {
    self.averageDecay = averageDecay
    folder = try TemporaryFolder()
    for index in 0..<count {
      let image = Phantom.draw(seed: 5, index: index, kind: .normal)
      try image.writePNG(to: folder.file("image-\(100 + index).png"))
    }
    for index in 0..<dark + bright {
      let level = UInt8((index < dark ? 20 : 220) + index % 4)
      try PixelImage(width: 32, height: 32, channels: 1, repeating: level)
        .writePNG(to: folder.file("plain-\(100 + index).png"))
    }
    images = try ImageDataSet(
      listing: ImageFolder(root: folder.path), reading: ImageReading(size: 32, channels: 3),
      threads: 2)
  }

  package func path(_ name: String) -> String { folder.file("runs/\(name)") }

  package func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: path(name)))
  }

  /// An epoch has batches of 3, 3, 3 and 2 images, unless another size is given. Every rank of a backend calls
  /// this.
  package func makeTrainer(
    _ name: String, epochs: Int, steps: Int? = nil, batch: Int = 3, threads: Int = 2,
    checkpointEvery: Int = 1, keep: Int = 3, keepEvery: Int = 10, resumes: Bool = false,
    images: ImageDataSet? = nil, heldOut: ImageDataSet? = nil,
    techniques: TrainingTechniques? = nil, seed: UInt64 = 77, backend: Backend? = nil
  ) throws -> Trainer {
    let images = images ?? self.images
    let configuration = RunConfiguration(
      data: RunData(dataPath: folder.path, split: "all", dataDigest: "", images: images.count),
      model: ModelSettings(size: 32, channels: 3, nz: 4, ngf: 2, ndf: 3),
      training: RunTraining(
        epochs: epochs, steps: steps, batch: batch, averageDecay: averageDecay, seed: seed,
        techniques: techniques),
      checkpoints: RunCheckpoints(
        checkpointEvery: checkpointEvery, keep: keep, keepEvery: keepEvery),
      program: RunProgram(version: "test", variant: "test", threads: threads))
    let backend = backend ?? Backend(threads: threads)
    let run = try openRun(name, configuration, resumes: resumes, backend)
    guard resumes else {
      return try Trainer(
        configuration: configuration, images: images, heldOut: heldOut, folder: run,
        backend: backend)
    }
    let checkpoint = try backend.together {
      let found = try run.findCheckpoint()
      return (value: try Checkpoint(contentsOf: found.path), path: found.path)
    }
    return try Trainer(
      configuration: configuration, images: images, folder: run, backend: backend,
      resumingFrom: checkpoint)
  }

  private func openRun(
    _ name: String, _ configuration: RunConfiguration, resumes: Bool, _ backend: Backend
  ) throws -> RunFolder {
    try FileManager.default.createDirectory(
      atPath: folder.file("runs"), withIntermediateDirectories: true)
    guard backend.isFirstRank else { return .writtenByFirstRank(at: path(name)) }
    return resumes
      ? try RunFolder.resume(at: path(name))
      : try RunFolder.create(at: path(name), configuration: configuration)
  }

  package func train(
    _ name: String, epochs: Int, steps: Int? = nil, threads: Int = 2, checkpointEvery: Int = 1,
    keep: Int = 3, keepEvery: Int = 10, resumes: Bool = false,
    techniques: TrainingTechniques? = nil
  ) throws -> Trainer {
    let trainer = try makeTrainer(
      name, epochs: epochs, steps: steps, threads: threads, checkpointEvery: checkpointEvery,
      keep: keep, keepEvery: keepEvery, resumes: resumes, techniques: techniques)
    _ = try trainer.run()
    return trainer
  }
}
