import DCGAN
import Files
import Foundation
import Support
import Training

/// The folder of a study, written by one process at a time, and by those that help it.
///
///     plan.json  study.json  study.csv  study.html
///     cells/share-0.03-real-0.0-seed-0.json  generators/share-0.03/  (a run)
public struct StudyFolder: Sendable {
  /// The folder.
  public let path: String
  /// What keeps other processes from writing it; nil in one that helps the process that has it.
  private let lock: FolderLock?

  /// What decides a study's numbers: another one has other cells.
  private struct Plan: Codable, Equatable {
    let settings: StudySettings
    let dataDigest: String
    let synthetic: String?
    let version: String
    let variant: String
  }

  /// A setting that cannot change on the way.
  public struct Conflict: Error, Equatable {
    /// The name of the setting, as `study.json` has it.
    public let key: String
    /// What was asked for, and what the study was begun with.
    public let found: String
    /// The value that the study was begun with.
    public let recorded: String
  }

  /// Begins a study in a folder, or opens the one that is there.
  ///
  /// Throws `StudyError` where there is a study and it is not to be resumed, or none and it is;
  /// `Conflict` where it was begun with other settings; `RunFolderError` where another process writes
  /// it; and `FileError`.
  public init(
    path: String, resuming: Bool, settings: StudySettings, dataDigest: String, synthetic: String?,
    variant: String
  ) throws {
    let plan = Plan(
      settings: settings, dataDigest: dataDigest, synthetic: synthetic,
      version: DCGANVersion.current, variant: variant)
    let file = "\(path)/plan.json"
    guard Folder.exists(file) == resuming else {
      throw StudyError(
        resuming
          ? "\(path): expected a study to resume, found none; name its folder with \(.out), or leave "
            + "\(.resume) out"
          : "\(path): it already holds a study; continue it with \(.resume), or choose another folder "
            + "with \(.out)")
    }
    try Folder.create(path)
    self.path = path
    lock = try FolderLock(path, advice: "wait for it to finish, stop it, or choose another \(.out)")
    if !resuming { try Self.refuseLeftovers(in: path) }
    for folder in [path, "\(path)/cells", "\(path)/generators"] {
      try Folder.create(folder)
      try AtomicFile.removeLeftovers(in: folder)
    }
    if resuming {
      try Self.compare(plan, with: try Self.read(Plan.self, file))
    } else {
      try AtomicFile.writeJSON(plan, to: file)
    }
  }

  /// Opens the folder of a study that another process has begun or opened, to help it; throws `StudyError`
  /// where it cannot be seen from here.
  public init(helpingAt path: String) throws {
    guard Folder.exists("\(path)/plan.json") else {
      throw StudyError(
        "\(path): a process finds no study there; several need a folder that their hosts share, under the "
          + "same path")
    }
    self.path = path
    lock = nil
  }

  /// Throws `StudyError` where a folder without a plan holds trainings, of which nobody knows what they are.
  private static func refuseLeftovers(in path: String) throws {
    for name in ["cells", "generators"] where Folder.exists("\(path)/\(name)") {
      guard try !Folder.names(in: "\(path)/\(name)").isEmpty else { continue }
      throw StudyError(
        "\(path): it holds \(name) of an earlier study, but not its plan.json; put that back and use "
          + "\(.resume), or choose another folder with \(.out)")
    }
  }

  /// The folder of the run of a share's generator.
  func generatorPath(share: Double) -> String { "\(path)/generators/share-\(share)" }

  /// Reads what a training predicted of the data's images; nil where it is not done.
  ///
  /// Throws `FileError`, and `StudyError` where the file holds anything else.
  func record(of cell: StudyCell, _ data: StudyData) throws -> CellRecord? {
    let file = cellPath(cell)
    guard Folder.exists(file) else { return nil }
    let record = try Self.read(CellRecord.self, file)
    guard record.fits(data) else { throw Self.unreadable(file) }
    return record
  }

  /// Keeps what a training predicted; throws `FileError`.
  func write(_ record: CellRecord, of cell: StudyCell) throws {
    try AtomicFile.writeJSON(record, to: cellPath(cell))
  }

  private func cellPath(_ cell: StudyCell) -> String { "\(path)/cells/\(cell.name).json" }

  /// More than the predictions of any training take.
  private static let maximumBytes = 200_000_000

  private static func read<Value: Decodable>(_ type: Value.Type, _ path: String) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let bytes = try FileReader(path: path).readAll(atMost: maximumBytes)
    do {
      return try decoder.decode(type, from: Data(bytes))
    } catch {
      throw unreadable(path)
    }
  }

  private static func unreadable(_ path: String) -> StudyError {
    StudyError(
      "\(path): expected what a study wrote there, found something else; restore the file, or choose "
        + "another folder with \(.out)")
  }

  /// Writes numbers as the command line has them.
  private static func list(_ numbers: [Double]) -> String {
    numbers.map(StudyMixture.text).joined(separator: ",")
  }

  /// Writes a setting that may be missing.
  private static func text(_ setting: (some CustomStringConvertible)?) -> String {
    setting?.description ?? "none"
  }

  /// Throws `Conflict` that names the first setting that differs.
  private static func compare(_ asked: Plan, with begun: Plan) throws {
    guard asked != begun else { return }
    let pairs: [(String, String, String)] = [
      ("size", asked.settings.size, begun.settings.size),
      ("channels", asked.settings.channels, begun.settings.channels),
      ("ndf", asked.settings.ndf, begun.settings.ndf),
      ("ngf", asked.settings.ngf, begun.settings.ngf),
      ("seeds", asked.settings.seeds, begun.settings.seeds),
      ("steps", asked.settings.steps, begun.settings.steps),
      ("generator-steps", asked.settings.generatorSteps, begun.settings.generatorSteps),
    ].map { ($0.0, "\($0.1)", "\($0.2)") }
    let texts: [(String, String, String)] = [
      ("shares", list(asked.settings.shares), list(begun.settings.shares)),
      ("ratios", list(asked.settings.ratios), list(begun.settings.ratios)),
      ("arms", asked.settings.arms.names, begun.settings.arms.names),
      ("min-real", "\(asked.settings.minReal)", "\(begun.settings.minReal)"),
      ("seed", "\(asked.settings.seed)", "\(begun.settings.seed)"),
      (
        "split-by-patient", text(asked.settings.splitByPatient),
        text(begun.settings.splitByPatient)
      ),
      ("window", text(asked.settings.window), text(begun.settings.window)),
      ("data", asked.dataDigest, begun.dataDigest),
      ("synthetic", asked.synthetic ?? "none", begun.synthetic ?? "none"),
      ("version", asked.version, begun.version), ("variant", asked.variant, begun.variant),
    ]
    for (key, found, recorded) in pairs + texts where found != recorded {
      throw Conflict(key: key, found: found, recorded: recorded)
    }
  }
}

extension [StudyArm] {
  /// The names with commas between them.
  var names: String { map(\.rawValue).joined(separator: ",") }
}
