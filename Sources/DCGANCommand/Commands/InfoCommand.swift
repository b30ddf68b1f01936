import Checkpoints
import Files
import Foundation
import Training

/// Runs `dcgan info`.
package enum InfoCommand {
  /// Does the work with checked options and returns how it ended.
  ///
  /// - Parameters:
  ///   - defaultRun: the run that is described where none is named, if it is there.
  ///   - environment: where `DCGAN_VARIANT` may stand.
  package static func run(
    _ options: InfoOptions, _ console: Console, defaultRun: String = "./dcgan-run",
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> ExitCode {
    let processor = try Processor(environment: environment)
    let report = InfoReport(
      processor: processor, subject: try subject(options.path, defaultRun: defaultRun))
    if options.json {
      try console.printJSON(report)
    } else {
      try console.print(text: report.text)
    }
    return .done
  }

  /// Reads what is to be described; a file is a checkpoint, everything else a run.
  private static func subject(
    _ path: String?, defaultRun: String
  ) throws -> InfoReport.Subject? {
    guard let path else {
      guard RunFolder.exists(at: defaultRun) else { return nil }
      return .run(try RunSummary(contentsOf: defaultRun))
    }
    guard Folder.exists(path) else {
      throw FileError(path: path, action: "read", reason: "no such file or folder")
    }
    return Folder.isFolder(path)
      ? .run(try RunSummary(contentsOf: path))
      : .checkpoint(try CheckpointSummary(contentsOf: path))
  }
}

/// What `dcgan info` prints.
package struct InfoReport: Sendable {
  /// What is described beside the program and the processor.
  package enum Subject: Sendable {
    /// A run's folder.
    case run(RunSummary)
    /// A checkpoint's file.
    case checkpoint(CheckpointSummary)
  }

  /// What the program computes with.
  package let processor: Processor
  /// What the user asked about, or nil for nothing more.
  package let subject: Subject?

  /// Joins the two.
  package init(processor: Processor, subject: Subject?) {
    self.processor = processor
    self.subject = subject
  }
}
