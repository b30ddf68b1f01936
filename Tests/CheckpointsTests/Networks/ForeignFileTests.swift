import Checkpoints
import Foundation
import Support
import TestSupport
import Testing

/// Files of other formats that are given for safetensors files.
@Suite struct ForeignFileTests {
  private static let lines =
    "with two lines of Python, state = torch.load(\"FILE\", map_location=\"cpu\", "
    + "weights_only=True) and safetensors.torch.save_file(state, \"NEW.safetensors\")"

  private func shown(_ bytes: [UInt8]) -> String? {
    message { _ = try SafeTensors(parsing: bytes, path: "f") }
  }

  @Test(arguments: [
    (
      "torch.pth",
      "a zip archive with a Python pickle, as written by torch.save; convert it \(lines)"
    ),
    (
      "torch-old.pth",
      "a Python pickle, as written by torch.save before PyTorch 1.6; convert it \(lines)"
    ),
    ("python.pkl", "a Python pickle; if torch.save wrote it, convert it \(lines)"),
    (
      "torchscript.pt",
      "a TorchScript archive, as written by torch.jit.save; in Python, save "
        + "torch.jit.load(\"FILE\").state_dict() with safetensors.torch.save_file"
    ),
    (
      "numpy.npz",
      "an archive of NumPy arrays (.npz); in Python, save it with "
        + "safetensors.numpy.save_file(dict(numpy.load(\"FILE\")), \"NEW.safetensors\")"
    ),
    (
      "numpy.npy",
      "a NumPy array (.npy); in Python, save it under the expected name: "
        + "safetensors.numpy.save_file({\"NAME\": numpy.load(\"FILE\")}, \"NEW.safetensors\")"
    ),
    (
      "keras.keras",
      "a Keras model (.keras); load its weights into the PyTorch network, whose names and "
        + "layouts differ, and save its state_dict() with safetensors.torch.save_file"
    ),
    ("model.onnx", "an ONNX model; export the PyTorch network that it was made from instead"),
  ])
  func filesOfProgramsAreNamed(name: String, found: String) throws {
    let path = Fixtures.path("weights/\(name)")
    let shown = try #require(message { _ = try SafeTensors(contentsOf: path) })
    #expect(shown == "\(path): expected a safetensors file, found \(found)")
    // Where a download was cut off, the beginning says the same of most.
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    if !["torchscript.pt", "keras.keras"].contains(name) {
      #expect(self.shown(Array(bytes.dropLast(4)))?.hasSuffix(found) == true)
    }
  }

  private static let pointer = """
    version https://git-lfs.github.com/spec/v1
    oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
    size 12345
    """

  @Test(arguments: [
    (
      pointer,
      "a Git LFS pointer to the file (12345 bytes); fetch the file with git lfs pull"
    ),
    (
      "<!DOCTYPE html>\n<html><body>404</body></html>",
      "a web page (HTML); download the file itself: on Hugging Face its link has /resolve/ "
        + "instead of /blob/, on GitHub /raw/"
    ),
    (
      "\u{FEFF}\r\n  <HTML lang=\"en\">",
      "a web page (HTML); download the file itself: on Hugging Face its link has /resolve/ "
        + "instead of /blob/, on GitHub /raw/"
    ),
    ("", "an empty file; save or download it again"),
    ("PK\u{3}\u{4}", "a zip archive; unpack it"), ("PK\u{5}\u{6}", "a zip archive; unpack it"),
    (
      "<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>",
      "an XML document, such as a server's error message; download the file again"
    ),
    (
      "<?xml version='1.0'?><!DOCTYPE html><html/>",
      "a web page (HTML); download the file itself: on Hugging Face its link has /resolve/ "
        + "instead of /blob/, on GitHub /raw/"
    ),
    ("Rar!\u{1A}\u{7}", "an archive or a compressed file; unpack it"),
    (String(repeating: "a\0", count: 128) + "\0ustar\0", "a tar archive; unpack it with tar -xf"),
  ])
  func textsAndArchivesAreNamed(text: String, found: String) {
    #expect(shown(Array(text.utf8)) == "f: expected a safetensors file, found \(found)")
  }

  @Test(
    arguments: [
      (
        [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0],
        "an HDF5 file, as written by Keras and h5py; "
      ),
      ([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], "a gzip-compressed file; unpack it with gunzip"),
      ([0x80, 2, 0x7D, 0x71, 0], "a Python pickle; if torch.save wrote it, "),
      (
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0],
        "a picture; give the file with the weights"
      ),
      (Array("{\n  \"size\" : 64\n}\n".utf8), "a text file; give the file with the weights"),
    ] as [([UInt8], String)])
  func bytesAtTheStartAreKnown(bytes: [UInt8], found: String) {
    #expect(shown(bytes)?.hasPrefix("f: expected a safetensors file, found \(found)") == true)
  }

  private func names(_ bytes: [UInt8]) throws -> [String] {
    try ZipNames(size: bytes.count) { offset, target in
      target.copyBytes(from: bytes[offset..<offset + target.count])
    }.names
  }

  /// Where signatures lie within names, 256 kB of them would else become a gigabyte of names.
  @Test func noNameLiesWithinAnother() throws {
    let start = Array("PK\u{3}\u{4}".utf8)
    let nested = start + Array(String(repeating: "PK\u{1}\u{2}", count: 65_535).utf8)
    let bytes = try names(nested).reduce(0) { $0 + $1.utf8.count }
    #expect(bytes > 200_000 && bytes <= nested.count)
    #expect(shown(nested) == "f: expected a safetensors file, found a zip archive; unpack it")

    let zeros = { (count: Int) in Array(repeating: 0 as UInt8, count: count) }
    let entry = Array("PK\u{1}\u{2}".utf8) + zeros(24) + [1, 0] + zeros(16) + Array("a".utf8)
    let full = start + zeros(26) + repeatElement(entry, count: 5000).joined()
    #expect(try names(full) == Array(repeating: "a", count: 1000))
    #expect(try names(start + zeros(26) + entry + entry) == ["a", "a"])
  }

  /// A header of 640 bytes begins as a pickle does.
  @Test func aSafetensorsFileIsNothingElse() throws {
    for (count, first) in [(640, [0x80, 2]), (0x8B1F, [0x1F, 0x8B])] as [(Int, [UInt8])] {
      let header = "{}" + String(repeating: " ", count: count - 2)
      let bytes = safeTensorsFile(header)
      #expect(Array(bytes.prefix(2)) == first)
      #expect(shown(bytes) == nil)
      #expect(
        shown(Array(bytes.dropLast()))?.hasPrefix("f: header: expected \(count) bytes") == true)
    }
  }

  @Test func whatIsUnknownIsRefusedAsBefore() {
    #expect(
      shown(Array("PKnothing".utf8))
        == "f: header: expected a length of at most 100000000 bytes, found 7956005066021686096")
  }
}
