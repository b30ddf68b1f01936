import Files
import Support

/// What a file is that was given for a safetensors file, told by its content, and what to do about it.
enum ForeignFile: Equatable {
  /// Nothing at all.
  case empty
  /// What `torch.save` of PyTorch before 1.6 wrote: pickles one after the other.
  case oldTorchPickle
  /// Another pickle of Python objects.
  case pickle
  /// The zip archive that `torch.save` writes.
  case torchArchive
  /// The zip archive that `torch.jit.save` writes.
  case torchScript
  /// A NumPy array, `.npy`.
  case numPyArray
  /// A zip archive of NumPy arrays, `.npz`.
  case numPyArchive
  /// A model as Keras 3 writes it, `.keras`.
  case keras
  /// HDF5, as Keras and h5py write it.
  case hdf5
  /// A pointer of Git LFS to a file of so many bytes, where it says how many.
  case gitLFSPointer(bytes: String?)
  /// A web page.
  case webPage
  /// Another document of tags.
  case xml
  /// A file that gzip compressed.
  case gzip
  /// A tar archive.
  case tar
  /// A zip archive of something else.
  case zip
  /// An archive or a compressed file of another kind.
  case archive
  /// A model in ONNX.
  case onnx
  /// A JPEG or PNG picture.
  case picture
  /// Text, such as settings or a table.
  case text

  /// Recognizes a file of `size` bytes; nil where it begins as a safetensors file does, or is unknown.
  ///
  /// Throws what `read` throws.
  init?(size: Int, read: (Int, UnsafeMutableRawBufferPointer) throws -> Void) throws {
    let head = try [UInt8](count: min(size, StrayFormat.headLength)) { try read(0, $0) }
    guard !Self.beginsAsSafeTensors(head) else { return nil }
    if head.starts(with: ZipNames.signature) {
      self = Self.archive(of: try ZipNames(size: size, read: read).names)
    } else if let found = Self.recognize(head) {
      self = found
    } else {
      return nil
    }
  }

  /// Returns whether a length that a header can have and a brace are there, whatever follows.
  private static func beginsAsSafeTensors(_ head: [UInt8]) -> Bool {
    guard head.count > 8, head[8] == UInt8(ascii: "{") else { return false }
    return head[4..<8].allSatisfy { $0 == 0 }
  }

  /// Tells what stores weights, then what any file may be instead of another.
  private static func recognize(_ head: [UInt8]) -> ForeignFile? {
    if isPickle(head) { return isOfTorch(head) ? .oldTorchPickle : .pickle }
    if isONNX(head) { return .onnx }
    return switch StrayFormat.recognize(head) {
    case .empty: .empty
    case .hdf5: .hdf5
    case .numpy: .numPyArray
    case .gzip: .gzip
    case .tar: .tar
    case .zip: .zip
    case .sevenZip, .rar, .bzip2, .xz, .zstandard: .archive
    case .gitLFSPointer: .gitLFSPointer(bytes: lengthInPointer(head))
    case .html: .webPage
    case .xml: .xml
    case .pdf, nil: isPicture(head) ? .picture : isText(head) ? .text : nil
    }
  }

  private static func isPicture(_ head: [UInt8]) -> Bool {
    head.starts(with: [0xFF, 0xD8, 0xFF]) || head.starts(with: [0x89, 0x50, 0x4E, 0x47])
  }

  /// Returns whether all bytes are printable ASCII, blanks or ends of lines, which no header's length is; of a
  /// few bytes nobody can say.
  private static func isText(_ head: [UInt8]) -> Bool {
    head.count >= 16
      && head.allSatisfy { (0x20...0x7E).contains($0) || [0x09, 0x0A, 0x0D].contains($0) }
  }

  /// Returns whether the first opcode is `PROTO` with a version that asks for it. Where a frame follows, as from
  /// the fourth version on, its opcode does; else any other.
  private static func isPickle(_ head: [UInt8]) -> Bool {
    guard head.count > 2, head[0] == 0x80, (2...5).contains(head[1]) else { return false }
    return head[1] < 4 || head[2] == 0x95
  }

  /// Returns whether the number by which PyTorch knows its own pickles comes first, in whatever version.
  private static func isOfTorch(_ head: [UInt8]) -> Bool {
    let number: [UInt8] = [0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]
    return (2...11).contains { head.dropFirst($0).starts(with: number) }
  }

  /// Returns whether a message begins with the fields that ONNX writes first: its version, a small number, then
  /// the program's name.
  private static func isONNX(_ head: [UInt8]) -> Bool {
    guard head.count > 4, head[0] == 0x08, (1...32).contains(head[1]), head[2] == 0x12 else {
      return false
    }
    let name = head.dropFirst(4).prefix(Int(head[3]))
    return name.count == Int(head[3]) && !name.isEmpty
      && name.allSatisfy { (32...126).contains($0) }
  }

  /// Reads the bytes of the file that a pointer of Git LFS stands for.
  private static func lengthInPointer(_ head: [UInt8]) -> String? {
    let lines = String(decoding: head, as: UTF8.self).split(whereSeparator: \.isNewline)
    return lines.first { $0.hasPrefix("size ") }.map { String($0.dropFirst(5)) }
  }

  /// Tells archives by the names of what is in them.
  private static func archive(of names: [String]) -> ForeignFile {
    func hasFile(_ name: String) -> Bool {
      names.contains { $0 == name || $0.hasSuffix("/\(name)") }
    }
    if hasFile("data.pkl") {
      let isScript = hasFile("constants.pkl") || names.contains { $0.contains("/code/") }
      return isScript ? .torchScript : .torchArchive
    }
    if hasFile("model.weights.h5") { return .keras }
    let areArrays = !names.isEmpty && names.allSatisfy { $0.hasSuffix(".npy") }
    return areArrays ? .numPyArchive : .zip
  }
}

extension ForeignFile: CustomStringConvertible {
  /// What the file is, and what to do, to follow "found".
  var description: String {
    switch self {
    case .empty: "an empty file; save or download it again"
    case .oldTorchPickle:
      "a Python pickle, as written by torch.save before PyTorch 1.6; convert it " + Self.lines
    case .pickle: "a Python pickle; if torch.save wrote it, convert it " + Self.lines
    case .torchArchive:
      "a zip archive with a Python pickle, as written by torch.save; convert it " + Self.lines
    case .torchScript:
      "a TorchScript archive, as written by torch.jit.save; in Python, save "
        + "torch.jit.load(\"FILE\").state_dict() with safetensors.torch.save_file"
    case .numPyArray:
      "a NumPy array (.npy); in Python, save it under the expected name: "
        + "safetensors.numpy.save_file({\"NAME\": numpy.load(\"FILE\")}, \"NEW.safetensors\")"
    case .numPyArchive:
      "an archive of NumPy arrays (.npz); in Python, save it with "
        + "safetensors.numpy.save_file(dict(numpy.load(\"FILE\")), \"NEW.safetensors\")"
    case .keras: "a Keras model (.keras); " + Self.kerasAdvice
    case .hdf5: "an HDF5 file, as written by Keras and h5py; " + Self.kerasAdvice
    case .gitLFSPointer(let bytes):
      "a Git LFS pointer to the file"
        + "\(bytes.map { " (\(printable($0)) bytes)" } ?? ""); fetch the file with git lfs pull"
    case .webPage:
      "a web page (HTML); download the file itself: on Hugging Face its link has /resolve/ instead "
        + "of /blob/, on GitHub /raw/"
    case .xml: "an XML document, such as a server's error message; download the file again"
    case .gzip: "a gzip-compressed file; unpack it with gunzip"
    case .tar: "a tar archive; unpack it with tar -xf"
    case .zip: "a zip archive; unpack it"
    case .archive: "an archive or a compressed file; unpack it"
    case .picture: "a picture; give the file with the weights"
    case .text: "a text file; give the file with the weights"
    case .onnx: "an ONNX model; export the PyTorch network that it was made from instead"
    }
  }

  private static let lines =
    "with two lines of Python, state = torch.load(\"FILE\", map_location=\"cpu\", "
    + "weights_only=True) and safetensors.torch.save_file(state, \"NEW.safetensors\")"
  private static let kerasAdvice =
    "load its weights into the PyTorch network, whose names and layouts differ, and save its "
    + "state_dict() with safetensors.torch.save_file"
}
