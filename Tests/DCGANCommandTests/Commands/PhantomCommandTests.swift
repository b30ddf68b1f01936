import CommandTestSupport
import DCGANCommand
import Foundation
import TestSupport
import Testing

@Suite struct PhantomCommandTests {
  @Test func writesTheSetAndSaysWhatItIs() throws {
    let folder = try TemporaryFolder()
    let recording = RecordingConsole()
    let out = folder.file("phantoms")
    let code = Program.dcgan.run(
      ["phantom", "--out", out, "--count", "30", "--seed", "1"], console: recording.console)
    #expect(code == .done)
    #expect(
      recording.output
        == "wrote 30 images to \(out): train 8 NORMAL and 16 PNEUMONIA, test 2 NORMAL and 2 "
        + "PNEUMONIA, val 1 NORMAL and 1 PNEUMONIA; drawings only, no patients\n")
    #expect(recording.error == "drawing 30/30\n")
    #expect(try folder.names("phantoms") == ["test", "train", "val"])
    #expect(
      try folder.names("phantoms/test/NORMAL") == ["phantom-0025.jpeg", "phantom-0028.jpeg"])
    #expect(try folder.names("phantoms/train/PNEUMONIA").count == 16)
  }

  @Test func quietShowsNoProgress() throws {
    let folder = try TemporaryFolder()
    let recording = RecordingConsole()
    let code = Program.dcgan.run(
      ["phantom", "--out", folder.file("p"), "--count", "1", "--quiet"],
      console: recording.console)
    #expect(code == .done)
    #expect(recording.error.isEmpty)
    #expect(
      recording.output
        == "wrote 1 image to \(folder.file("p")): train 1 NORMAL and 0 PNEUMONIA; drawings "
        + "only, no patients\n")
  }

  @Test func aFolderInUseIsRefused() throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "a.txt")
    let recording = RecordingConsole()
    let code = Program.dcgan.run(["phantom", "--out", folder.path], console: recording.console)
    #expect(code == .failed)
    #expect(recording.output.isEmpty)
    #expect(
      recording.error
        == "dcgan phantom: \(folder.path): expected a new or empty folder, found 'a.txt' in it; "
        + "name another folder with --out, or empty this one\n")
  }
}
