import Foundation

/// Writes `data` beside `path` and moves it there once it is whole.
func writeFile(_ data: Data, to path: String) throws(ImageError) {
  do {
    try data.write(to: URL(fileURLWithPath: path), options: .atomic)
  } catch {
    throw ImageError(.unwritable, file: path, problem: writingProblem(error))
  }
}

private func writingProblem(_ error: any Error) -> String {
  switch (error as? CocoaError)?.code {
  case .fileNoSuchFile: "cannot be written: no such folder"
  case .fileWriteNoPermission: "cannot be written: permission denied"
  case .fileWriteOutOfSpace: "cannot be written: the disk is full"
  default: "cannot be written: \(error.localizedDescription)"
  }
}
