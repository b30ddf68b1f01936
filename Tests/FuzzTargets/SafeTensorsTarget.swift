import Checkpoints
import DCGAN

/// Reads a safetensors file: what is read fills the file, can be written, and then reads the same.
func checkSafeTensors(_ bytes: [UInt8]) throws {
  let tensors: SafeTensors
  do {
    tensors = try SafeTensors(parsing: bytes, path: "file")
  } catch let error as SafeTensorsError {
    let isAboutTheFile = error.expected == "a safetensors file"
    try expect(
      error.path == "file" && error.key.isEmpty == isAboutTheFile,
      "an error without a key: \(error)")
    return try expectOneLine(error.description)
  }
  for entry in tensors.entries {
    try expect(
      entry.values.count == entry.shape.reduce(1, *),
      "\(entry.values.count) values for the shape \(entry.shape)")
  }
  let written = try tensors.serialized()
  let again = try SafeTensors(parsing: written, path: "file").serialized()
  try expect(again == written, "what was written reads otherwise")
  do {
    try CheckpointMetadata(parsing: tensors.metadata).validate(tensors)
  } catch {
    try expectOneLine(error.description)
  }
}

/// Makes a file of two tensors and one of a small checkpoint's settings.
func safeTensorsSeeds() throws -> [[UInt8]] {
  let entries: [SafeTensors.Entry] = [
    .init(name: "latents", shape: [2, 3], values: [0, 1, -1, .pi, 1e-30, 1e30]),
    .init(name: "é\u{1F600}\"\n", shape: [], values: [7]),
    .init(name: "none", shape: [0, 4], values: []),
  ]
  let settings = CheckpointMetadata(
    version: "1", epoch: 1, step: 2, seed: 3,
    settings: ModelSettings(size: 32, channels: 1, nz: 1, ngf: 1, ndf: 1),
    generatorOptimizerStep: 2, discriminatorOptimizerStep: 2, extra: ["images": "4"])
  return [
    try SafeTensors(metadata: ["note": "x"], entries: entries).serialized(),
    try SafeTensors(metadata: settings.strings, entries: [entries[0]]).serialized(),
    try SafeTensors().serialized(),
  ]
}
