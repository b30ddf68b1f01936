import Foundation
import TestSupport
import Testing

/// Places that cannot be written are found out before any work.
@Suite(.slow) struct UnwritablePlaceTests {
  private static let below = "part of the path is a file, not a folder"

  /// `{data}` are phantoms among which one is damaged, so that loading them would warn.
  @Test(arguments: [
    ("train --data {data} --run {file}/run", "cannot create the folder {file}/run: \(below)"),
    ("train --data {data} --run {file}", "cannot create the folder {file}: \(below)"),
    ("sample --run {run} --out {file}/out", "cannot create the folder {file}/out: \(below)"),
    ("sample --run {run} --out {file}", "cannot create the folder {file}: \(below)"),
    ("grid --run {run} --out {file}/grid.png", "cannot write {file}/grid.png: \(below)"),
    (
      "grid --run {run} --out {folder}/none/grid.gif",
      "cannot write {folder}/none/grid.gif: there is no folder {folder}/none/: create it first"
    ),
    (
      "review --data {data} --out {file}/review", "cannot create the folder {file}/review: \(below)"
    ),
    ("evaluate --run {run} --out {file}/e.json", "cannot write {file}/e.json: \(below)"),
    ("evaluate --run {run} --sheet {file}/e.png", "cannot write {file}/e.png: \(below)"),
    ("phantom --out {file}/phantoms", "cannot create the folder {file}/phantoms: \(below)"),
    (
      "phantom --out {folder}/data",
      "{folder}/data: expected a new or empty folder, found 'train' in it; name another folder "
        + "with --out, or empty this one"
    ),
  ])
  func isNamed(line: String, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("a file", to: "file")
    try FileManager.default.createDirectory(
      atPath: folder.file("data"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: "\(Practice.phantoms.data)/train", toPath: folder.file("data/train"))
    try folder.write("no picture", to: "data/train/NORMAL/text.png")
    let values = [
      "data": folder.file("data"), "file": folder.file("file"), "folder": folder.path,
      "run": PracticeRun.path,
    ]
    let outcome = try Executable.run(line, values)
    #expect(outcome.code == 1)
    #expect(outcome.output.isEmpty)
    let command = line.prefix { $0 != " " }
    let words = Executable.words(message, values).joined(separator: " ")
    #expect(outcome.error == "dcgan \(command): \(words)\n")
    #expect(try folder.names() == ["data", "file"])
    #expect(try folder.read("file") == Array("a file".utf8))
  }
}

#if os(Linux)
  /// Sizes that the machine has no room for are found out before any work, too.
  @Suite(.slow) struct TooLargeSizesTests {
    @Test(
      .enabled(
        if: ProcessInfo.processInfo.environment["DCGAN_SANITIZER"] == nil,
        "a sanitizer needs more addresses than are left"),
      arguments: [
        ("train --data x --run {folder}/run", "training"), ("bench --steps 1", "training"),
        ("bench --kernels --steps 1", "the convolution d1"),
      ])
    func areRefusedInWords(line: String, work: String) throws {
      let folder = try TemporaryFolder()
      let arguments =
        Executable.words(line, ["folder": folder.path])
        + Practice.words("--size 256 --batch 4096 --ngf 1024 --ndf 1024")
      let outcome = try Executable.runInShell("ulimit -v 4000000; exec \"$0\" \"$@\"", arguments)
      #expect(outcome.code == 1)
      let command = line.prefix { $0 != " " }
      #expect(
        outcome.error.hasPrefix(
          "dcgan \(command): \(work) of these sizes needs more than "), "\(outcome.error)")
      #expect(
        outcome.error.hasSuffix(
          " MiB of memory, which this system does not have; "
            + "lower --batch, --ngf and --ndf, or --size\n"))
      #expect(outcome.errorLines.count == 1)
      #expect(try folder.names().isEmpty)
    }
  }
#endif
