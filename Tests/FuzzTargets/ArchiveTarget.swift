import Files
import Foundation

/// Lists a zip archive and reads its members: what it lists can be found, and what is read is as long as
/// the list says.
///
/// Members of more than 64 KB are listed, but not read: they are read as smaller ones are, which take
/// several of libzip's buffers too.
func checkArchive(_ bytes: [UInt8]) throws {
  try withFile(of: bytes) { path in
    do {
      try checkFolder("", of: ZipArchive(path: path))
    } catch let error as FileError {
      try expectOneLine(error.reason)
    }
  }
}

private func checkFolder(_ folder: String, of archive: ZipArchive) throws {
  for name in archive.names(in: folder) {
    let path = Folder.join(folder, name)
    try expect(![".", ".."].contains(name) && !name.contains("/"), "a member named \(name)")
    switch archive.entry(at: path) {
    case .folder?: try checkFolder(path, of: archive)
    case .file(let member)? where member.bytes <= 1 << 16:
      do {
        let all = try [UInt8](count: member.bytes) {
          try archive.read(member, into: $0, named: path)
        }
        try expect(all.count == member.bytes, "\(all.count) bytes of \(member.bytes)")
      } catch let error as FileError {
        try expectOneLine(error.reason)
      }
    case .file?: break
    case nil: throw Complaint("the member \(path) is listed, but not there")
    }
  }
}
