import Checkpoints
import DCGAN
import Files
import Training

/// Runs `dcgan export`.
package enum ExportCommand {
  /// Does the work with checked options and returns how it ended.
  package static func run(_ options: ExportOptions, _ console: Console) throws -> ExitCode {
    if let folder = options.images {
      try ImageExport(options, folder: folder).run(console)
    } else if let out = options.out {
      try exportNetwork(options, to: out, console)
    }
    return .done
  }

  private static func exportNetwork(
    _ options: ExportOptions, to out: String, _ console: Console
  ) throws {
    try Folder.checkWritable(file: out)
    let found = try RunFolder.open(at: options.run).readCheckpoint(epoch: options.epoch)
    let file = NetworkFile(options.network, of: found.value)
    try file.write(to: out)
    try ExportResult(
      out: out, network: options.network.rawValue, epoch: found.epoch,
      tensors: file.tensors.entries.count + file.tensors.counters.count,
      settings: found.value.metadata.settings
    ).print(asJSON: options.json, console)
  }
}

/// What was written, in words or as JSON.
private struct ExportResult: Encodable {
  private let out: String
  private let network: String
  private let epoch: Int
  private let tensors: Int
  private let size: Int
  private let channels: Int
  private let nz: Int?
  private let ngf: Int?
  private let ndf: Int?
  private let classNames: [String]?

  init(out: String, network: String, epoch: Int, tensors: Int, settings: ModelSettings) {
    let isGenerator = network == NetworkKind.generator.rawValue
    self.out = out
    self.network = network
    self.epoch = epoch
    self.tensors = tensors
    size = settings.size
    channels = settings.channels
    nz = isGenerator ? settings.nz : nil
    ngf = isGenerator ? settings.ngf : nil
    ndf = isGenerator ? nil : settings.ndf
    classNames = settings.classes?.names
  }

  /// Prints the result on standard output.
  func print(asJSON: Bool, _ console: Console) throws {
    if asJSON {
      try console.printJSON(self)
      return
    }
    let widths = [("nz", nz), ("ngf", ngf), ("ndf", ndf)].compactMap { name, width in
      width.map { "\(name) \($0)" }
    }
    try console.print(
      "wrote \(out): the \(network) of epoch \(epoch), size \(size), "
        + "\(widths.joined(separator: ", ")), channels \(channels)"
        + (classNames.map { ", classes \($0.joined(separator: ", "))" } ?? ""))
  }
}
