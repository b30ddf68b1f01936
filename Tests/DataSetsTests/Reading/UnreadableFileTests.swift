import DataSets
import Imaging
import Support
import TestSupport

#if os(Linux)
  import DataSets
  import Foundation
  import Imaging
  import Support
  import TestSupport
  import Testing

  /// What the file system's permissions forbid.
  @Suite struct UnreadableFileTests {
    /// Runs `body` on this thread as a user who owns nothing: root may read every file.
    private func asNobody<Result>(_ body: () throws -> Result) throws -> Result {
      guard geteuid() == 0 else { return try body() }
      typealias SetUser = @convention(c) (uid_t) -> Int32
      let symbol = try #require(dlsym(nil, "setfsuid"))
      let setUser = unsafeBitCast(symbol, to: SetUser.self)
      _ = setUser(65_534)
      defer { _ = setUser(0) }
      // The call tells of no failure: it returns whose rights counted before.
      try #require(setUser(65_534) == 65_534)
      return try body()
    }

    private func folder() throws -> TemporaryFolder {
      let folder = try TemporaryFolder()
      for name in ["a.png", "inner/b.png", "c.png"] {
        let image = PixelImage(width: 8, height: 8, channels: 1, repeating: 9)
        try folder.add(image.pngData(file: name), as: name)
      }
      return folder
    }

    private func forbid(_ path: String) throws { try #require(chmod(path, 0) == 0) }

    @Test func anUnreadableFileIsNamedAndSkipped() throws {
      let folder = try folder()
      try forbid(folder.file("a.png"))
      let data = try asNobody {
        // One worker is the calling thread.
        try ImageDataSet(
          listing: ImageFolder(root: folder.path), reading: tiny(8, 1),
          threads: 1)
      }
      #expect(data.paths == ["c.png", "inner/b.png"])
      #expect(
        data.skipped.map { "\($0.path): \($0.reason)" }
          == ["a.png: cannot be read: permission denied"])
    }

    @Test func anUnreadableFolderIsNamedAndSkipped() throws {
      let folder = try folder()
      try forbid(folder.file("inner"))
      defer { chmod(folder.file("inner"), 0o700) }
      let data = try asNobody {
        try ImageDataSet(listing: ImageFolder(root: folder.path), reading: tiny(8, 1), threads: 1)
      }
      #expect(data.paths == ["a.png", "c.png"])
      #expect(
        data.skipped.map { "\($0.path): \($0.reason)" } == [
          "inner: the folder cannot be listed: Permission denied; "
            + "allow reading it, or move it out of the data"
        ])
      // Its images may be of the class that is asked for.
      let chosen = try asNobody { try ImageFolder(root: folder.path, classes: ["inner"]) }
      #expect(chosen.names == ["inner"])
    }

    @Test func aDataFolderThatCannotBeListedIsAnError() throws {
      let folder = try folder()
      try forbid(folder.path)
      defer { chmod(folder.path, 0o700) }
      let shown = try asNobody { message { _ = try ImageFolder(root: folder.path) } }
      #expect(
        shown == "\(folder.path): the folder cannot be listed: Permission denied; "
          + "allow reading it, or move it out of the data")
    }
  }
#endif
