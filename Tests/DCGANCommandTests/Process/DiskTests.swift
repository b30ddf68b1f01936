import Foundation
import TestSupport
import Testing
import Training

/// Disks, folders and limits that refuse what training writes.
@Suite(.slow) struct DiskTests {
  private let folder: TemporaryFolder
  private let run: String

  init() throws {
    folder = try TemporaryFolder()
    run = folder.file("run")
  }

  /// Runs lines of shell with the functions `start RUN EPOCHS` and `resume RUN EPOCHS`.
  ///
  /// - Parameter size: mounts a tmpfs of that size at `$disk`, which goes with the shell.
  private func shell(_ lines: String, mounting size: String? = nil) throws -> Executable.Outcome {
    let disk = folder.file("disk")
    let mount = size.map {
      "mkdir -p '\(disk)' && mount -t tmpfs -o size=\($0) none '\(disk)' || exit 9\n"
    }
    try folder.write(
      """
      dcgan="$1" run='\(run)' disk='\(disk)'
      start() {
        "$dcgan" train --data '\(Practice.phantoms.data)' --run "$1" --epochs "$2" \
          \(Practice.phantoms.options.joined(separator: " ")) --quiet
      }
      resume() { "$dcgan" train --run "$1" --resume --epochs "$2" --quiet; }
      \(mount ?? "")\(lines)
      """, to: "script.sh")
    let start = size == nil ? "exec sh" : "exec unshare -m sh"
    return try Executable.runInShell("\(start) '\(folder.file("script.sh"))' \"$0\"", [])
  }

  /// Whether a file system can be mounted in a name space that goes with its process.
  static let canMount: Bool = {
    let outcome = try? Executable.runInShell(
      "exec unshare -m sh -c 'mount -t tmpfs -o size=64k none /tmp' 2>/dev/null", [])
    return outcome?.code == 0
  }()

  /// A limit on the size of files stops the checkpoint, of about 430 KB, and nothing that is smaller.
  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["DCGAN_SANITIZER"] != "thread",
      "ThreadSanitizer writes a file of its own, which the limit cuts off too"))
  func `a checkpoint that exceeds the file size limit is named, and the run can resume`() throws {
    let outcome = try shell(
      """
      start "$run" 1
      ulimit -f 700
      resume "$run" 3
      echo "code $?"
      """)
    #expect(outcome.outputLines.last == "code 1")
    #expect(
      outcome.error
        == "dcgan train: cannot write \(run)/\(PracticeRun.checkpoint(2)): the file may not "
        + "grow any larger: raise the limit (ulimit -f) or the quota; everything up to then is "
        + "saved: --resume continues at step 6\n")
    #expect(try folder.names("run/checkpoints") == ["epoch-0001.safetensors"])
    try expectTheRunGoesOn()
  }

  /// First nothing fits, then two checkpoints with their pictures, of 0.66 MB each.
  @Test(.enabled(if: canMount, "needs the right to mount: unshare -m"))
  func `a full disk is reported and the last checkpoint kept`() throws {
    let outcome = try shell(
      """
      dd if=/dev/zero of="$disk/ballast" bs=1k count=100000 2>/dev/null
      start "$disk/none" 1
      echo "code $?"
      rm -r "$disk/ballast" "$disk/none"
      dd if=/dev/zero of="$disk/ballast" bs=1k count=320 2>/dev/null
      start "$disk/run" 3
      echo "code $?"
      rm "$disk/ballast"
      cp -r "$disk/run" "$run"
      """, mounting: "2m")
    #expect(outcome.outputLines == ["code 1", "code 1"])
    let full = "the disk is full: free some space or choose a folder on another disk"
    let disk = folder.file("disk")
    #expect(
      outcome.errorLines.first == "dcgan train: cannot write \(disk)/none/config.json: \(full)")
    #expect(outcome.errorLines.count == 2)
    #expect(
      outcome.errorLines.last
        == "dcgan train: cannot write \(disk)/run/\(PracticeRun.checkpoint(3)): \(full); "
        + "everything up to then is saved: --resume continues at step 11")
    #expect(
      try folder.names("run/checkpoints") == ["epoch-0001.safetensors", "epoch-0002.safetensors"])
    try expectTheRunGoesOn()
  }

  @Test(.enabled(if: canMount, "needs the right to mount: unshare -m"))
  func `a read-only disk is reported before training and can be read from`() throws {
    let outcome = try shell(
      """
      start "$disk/run" 1 >/dev/null && mount -o remount,ro "$disk"
      start "$disk/new" 1; echo "code $?"
      resume "$disk/run" 2; echo "code $?"
      "$dcgan" info "$disk/run" >/dev/null; echo "code $?"
      "$dcgan" sample --run "$disk/run" --count 2 --out "$run" --quiet >/dev/null; echo "code $?"
      """, mounting: "8m")
    #expect(outcome.outputLines == ["code 1", "code 1", "code 0", "code 0"])
    let disk = folder.file("disk")
    let reason = "the file system is read-only: choose another folder"
    #expect(
      outcome.errorLines == [
        "dcgan train: cannot create the folder \(disk)/new: \(reason)",
        "dcgan train: cannot write \(disk)/run/config.json: \(reason)",
      ])
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may write everywhere"))
  func aFolderThatMayNotBeWrittenIsNamed() throws {
    try Practice.phantoms.train(run: run, epochs: 1)
    chmod("\(run)/checkpoints", 0o555)
    defer { chmod("\(run)/checkpoints", 0o755) }
    let outcome = try Executable.run(["train", "--run", run, "--resume", "--epochs", "3"])
    #expect(outcome.code == 1)
    #expect(
      outcome.errorLines.last
        == "dcgan train: cannot write \(run)/\(PracticeRun.checkpoint(2)): permission denied; "
        + "everything up to then is saved: --resume continues at step 6")
  }

  /// Goes on to the third epoch and compares with the run that nothing disturbed.
  private func expectTheRunGoesOn() throws {
    let resumed = try Executable.run(["train", "--run", run, "--resume", "--epochs", "3"])
    #expect(resumed.code == 0, "\(resumed.error)")
    for epoch in 1...3 {
      let name = PracticeRun.checkpoint(epoch)
      #expect(Data(try folder.read("run/\(name)")) == (try PracticeRun.read(name)), "\(name)")
    }
    let metrics = try MetricsLog.read("\(run)/metrics.jsonl")
    #expect(metrics.map(\.step) == Array(1...15))
  }
}
