import DCGAN
import Testing
import Training

@Suite struct MemoryDemandTests {
  /// Counted by hand for the smallest networks: 32 pixels, grey, widths 1, batch 2.
  @Test func countsParametersAndMaps() {
    let settings = ModelSettings(size: 32, channels: 1, nz: 1, ngf: 1, ndf: 1)
    // 4x4 filters 1→1, 1→2, 2→4, 4→8, and 2x2 8→1 on the way down; 1→8 of 2x2 and back on the way up.
    let down = 16 * (1 + 2 + 8 + 32) + 4 * 8
    let up = 4 * 8 + 16 * (32 + 8 + 2 + 1)
    let mapsDown = 2 * (16 * 16 + 8 * 8 * 2 + 4 * 4 * 4 + 2 * 2 * 8 + 1)
    let mapsUp = 2 * (2 * 2 * 8 + 4 * 4 * 4 + 8 * 8 * 2 + 16 * 16 + 32 * 32)
    #expect(settings.leastTrainingBytes(batch: 2) == 4 * (4 * (down + up) + mapsDown + mapsUp))
  }

  @Test func aSmallTrainingHasRoom() throws {
    try ModelSettings(size: 64, ngf: 16, ndf: 16).checkMemory(batch: 8)
  }

  @Test func theLargestOptionsNeedMoreThanATebibyte() {
    #expect(Self.largest.leastTrainingBytes(batch: 4096) > 1 << 40)
  }

  /// A system that promises more memory than it has still has no addresses for these: processors of
  /// today give a program 47 or 48 bits of them.
  @Test func whatNoSystemHasAddressesForIsRefused() {
    let bytes = Self.largest.leastTrainingBytes(batch: 1 << 22)
    #expect(bytes > 1 << 48)
    let error = #expect(throws: TrainingError.self) {
      try Self.largest.checkMemory(batch: 1 << 22)
    }
    #expect(
      error?.description == "training of these sizes needs more than \(bytes >> 20) MiB of memory, "
        + "which this system does not have; lower 'batch', 'ngf' and 'ndf', or 'size'")
  }

  private static let largest = ModelSettings(size: 256, channels: 3, nz: 4096, ngf: 1024, ndf: 1024)
}
