import Foundation
import Support
import TestSupport
import Testing

/// Pictures to train on, and the options that make a training of a moment of them.
struct Practice: Sendable, CustomTestStringConvertible {
  /// The data set's folder.
  let data: String
  /// The options of `dcgan train` but `--data`, `--run` and `--epochs`.
  let options: [String]
  /// Epochs to train.
  let epochs: Int
  /// Images that training uses.
  let images: Int
  /// Steps of an epoch.
  let stepsPerEpoch: Int
  let testDescription: String

  /// 48 phantoms, of which 39 are for training, 7 for testing and 2 for validation.
  static let phantoms = Practice(
    data: phantomFolder, options: words("--size 32 --ngf 4 --ndf 4 --batch 8 --seed 7"), epochs: 3,
    images: 39, stepsPerEpoch: 5, testDescription: "phantoms")

  /// 96 radiographs, where the environment names a folder of them.
  static let radiographs = ProcessInfo.processInfo.environment["DCGAN_CHEST_XRAY"].flatMap {
    $0.isEmpty
      ? nil
      : Practice(
        data: $0, options: words("--limit 96 --size 64 --ngf 8 --ndf 8 --batch 64 --seed 7"),
        epochs: 1, images: 96, stepsPerEpoch: 2, testDescription: "radiographs")
  }

  /// Everything to train on.
  static let all = [phantoms] + (radiographs.map { [$0] } ?? [])

  /// The command line that trains into a folder.
  func training(run: String, epochs: Int? = nil, _ more: [String] = []) -> [String] {
    ["train", "--data", data, "--run", run, "--epochs", "\(epochs ?? self.epochs)"] + options + more
  }

  /// Trains into a folder and expects that to succeed.
  @discardableResult
  func train(run: String, epochs: Int? = nil, _ more: [String] = []) throws -> Executable.Outcome {
    let outcome = try Executable.run(training(run: run, epochs: epochs, more))
    #expect(outcome.code == 0, "\(outcome.error)")
    return outcome
  }

  /// Splits a text at its spaces.
  static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

  private static let phantomFolder = SharedFolder.make("phantoms") { path in
    let outcome = try Executable.run(["phantom", "--out", path, "--count", "48", "--quiet"])
    #expect(outcome.code == 0, "\(outcome.error)")
  }
}

/// The phantoms' run of three epochs, made once for all tests; they only read it.
enum PracticeRun {
  /// The folder of the run.
  static let path = SharedFolder.make("run") { path in
    try Practice.phantoms.train(run: path, ["--quiet"])
  }

  /// Returns the bytes of a file of the run.
  static func read(_ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: "\(path)/\(name)"))
  }

  /// Copies the run, to go on with it.
  static func copy(to path: String) throws {
    try FileManager.default.copyItem(atPath: self.path, toPath: path)
  }

  /// Returns the name of an epoch's checkpoint in a run's folder.
  static func checkpoint(_ epoch: Int) -> String {
    "checkpoints/epoch-\(String(repeating: "0", count: 4 - "\(epoch)".count))\(epoch).safetensors"
  }
}

/// A folder that lasts as long as the tests do.
private enum SharedFolder {
  private static let root: String = {
    let path = FileManager.default.temporaryDirectory.appending(path: "dcgan-\(UUID().uuidString)")
      .path
    atexit { try? FileManager.default.removeItem(atPath: SharedFolder.root) }
    return path
  }()

  /// Makes a folder of this name with what `body` puts into it.
  static func make(_ name: String, _ body: (String) throws -> Void) -> String {
    let path = "\(root)/\(name)"
    do {
      try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
      try body(path)
    } catch {
      Issue.record(error)
    }
    return path
  }
}

extension TemporaryFolder {
  /// Returns the names of everything in an inner folder, sorted; nothing where there is none.
  func namesIfAny(_ inner: String) -> [String] { (try? names(inner)) ?? [] }

  /// Reads a JSON file, or a text, as an object.
  static func object(_ text: some DataProtocol) throws -> [String: any Sendable] {
    let object = try JSONSerialization.jsonObject(with: Data(text))
    return try #require(object as? [String: any Sendable])
  }
}
