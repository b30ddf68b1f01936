import Checkpoints
import DCGAN
import Foundation
import Support
import TestSupport
import Testing

/// A Python with PyTorch, where there is one.
enum PyTorch {
  /// The Python that `DCGAN_PYTHON` names, else the one that `Scripts/setup-pytorch` makes; nil where
  /// there is neither.
  static let python: String? = {
    let named = ProcessInfo.processInfo.environment["DCGAN_PYTHON"] ?? ""
    if !named.isEmpty { return named }
    let made = root.appending(path: ".venv/bin/python").path
    let probe = ["-c", "import numpy, safetensors.torch, torch"]
    let isComplete = (try? run(made, probe, output: .nullDevice)) == 0
    return isComplete ? made : nil
  }()

  /// Why nothing is compared where there is no such Python.
  static let absence: Comment =
    "there is no Python with PyTorch: Scripts/setup-pytorch makes one, or DCGAN_PYTHON names one"

  /// Does PyTorch's part, `load` or `train`, in a folder, and returns the result.
  static func roundTrip(
    _ mode: String, in folder: TemporaryFolder, _ settings: ModelSettings
  ) throws -> SafeTensors {
    let script = root.appending(path: "Scripts/pytorch-round-trip.py").path
    try folder.write("", to: "python.log")
    let log = try #require(FileHandle(forWritingAtPath: folder.file("python.log")))
    let arguments =
      [
        script, mode, folder.path, "--nz", "\(settings.nz)", "--ngf", "\(settings.ngf)", "--ndf",
        "\(settings.ndf)", "--channels", "\(settings.channels)", "--size", "\(settings.size)",
        "--classes", "\(settings.classes?.count ?? 0)",
      ] + (settings.hasMinibatchDeviation ? ["--minibatch-std"] : [])
    let code = try run(try #require(python), arguments, output: log)
    let said = String(decoding: try folder.read("python.log"), as: UTF8.self)
    try #require(code == 0, "\(said)")
    return try SafeTensors(contentsOf: folder.file("result.safetensors"))
  }

  private static let root = Fixtures.folder.deletingLastPathComponent()

  private static func run(
    _ program: String, _ arguments: [String], output: FileHandle
  ) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
