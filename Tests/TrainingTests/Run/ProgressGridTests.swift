import CGIF
import Imaging
import TestSupport
import Testing
import Training

@Suite struct ProgressGridTests {
  /// Side of the made-up pictures: as high as a letter.
  private static let side = 8

  /// Returns the grey of the made-up picture of a latent at an epoch, different for each.
  private static func level(epoch: Int, place: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: 40 + epoch * 7 + place * 3)
  }

  /// Makes a run with a sheet of 64 pictures for each epoch.
  private func run(
    _ epochs: [Int], in folder: TemporaryFolder, colour: (UInt8) -> [UInt8] = { [$0, $0, $0] }
  ) throws -> RunFolder {
    let run = try RunFolder.create(
      at: folder.file("run"),
      configuration: RunConfiguration(
        data: RunData(dataPath: "d", split: "all", dataDigest: "0", images: 64),
        training: RunTraining(seed: 1), program: RunProgram(variant: "baseline", threads: 1)))
    for epoch in epochs {
      let tiles = (0..<64).map { place in
        PixelImage(
          width: Self.side, height: Self.side, channels: 3,
          pixels: (0..<Self.side * Self.side).flatMap { _ in
            colour(Self.level(epoch: epoch, place: place))
          })
      }
      try ContactSheet(columns: 8).image(of: tiles).writePNG(to: run.progressPath(epoch: epoch))
    }
    return run
  }

  @Test func aRowIsAnEpochAndAColumnALatent() throws {
    let folder = try TemporaryFolder()
    let grid = try ProgressGrid(run: run([1, 2, 10], in: folder))
    let (image, epochs) = try grid.still()
    #expect(epochs == [1, 2, 10])
    // "epoch 10" is eight letters of six columns, less a space; a gap of 2 on either side.
    let (left, top) = (8 * 6 - 1 + 4, 8 + 4)
    #expect(image.channels == 1)
    #expect(image.width == left + 8 * (Self.side + 2) - 2)
    #expect(image.height == top + 3 * (Self.side + 2) - 2)
    for (row, epoch) in epochs.enumerated() {
      for place in 0..<8 {
        let tile = image.cropped(
          x: left + place * 10, y: top + row * 10, width: Self.side, height: Self.side)
        #expect(Set(tile.pixels) == [Self.level(epoch: epoch, place: place)])
      }
      let label = image.cropped(x: 0, y: top + row * 10, width: left, height: Self.side)
      #expect(Set(label.pixels) == [0, 255])
    }
    let labels = (0..<3).map {
      image.cropped(x: 0, y: top + $0 * 10, width: left, height: Self.side).pixels
    }
    #expect(Set(labels).count == 3)
  }

  @Test func ofManyEpochsTwelveAreShown() throws {
    let folder = try TemporaryFolder()
    let grid = try ProgressGrid(run: run(Array(1...30), in: folder))
    let (image, epochs) = try grid.still()
    #expect(epochs == [1, 4, 6, 9, 12, 14, 17, 19, 22, 25, 27, 30])
    #expect(image.height == 12 + 12 * (Self.side + 2) - 2)
    let bottomLeft = image.samples(x: 8 * 6 - 1 + 4, y: image.height - 1)
    #expect(bottomLeft == [Self.level(epoch: 30, place: 0)])
  }

  @Test func spreadingKeepsBothEnds() {
    #expect(ProgressGrid.spread([3, 5], count: 12) == [3, 5])
    #expect(ProgressGrid.spread(Array(1...12), count: 12) == Array(1...12))
    #expect(
      ProgressGrid.spread(Array(1...13), count: 12) == [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13])
    for size in 100...350 {
      let chosen = ProgressGrid.spread(Array(1...size), count: 100)
      #expect(chosen.count == 100 && chosen.first == 1 && chosen.last == size)
      let steps = zip(chosen, chosen.dropFirst()).map { $1 - $0 }
      #expect((steps.max() ?? 0) - (steps.min() ?? 0) <= 1)
    }
  }

  @Test func laterEpochsCanBeLeftOut() throws {
    let folder = try TemporaryFolder()
    let run = try run([2, 4, 6], in: folder)
    #expect(try ProgressGrid(run: run, through: 4).epochs == [2, 4])
    #expect(try ProgressGrid(run: run).epochs == [2, 4, 6])
    for epoch in [1, 5, 99] {
      #expect(
        message { _ = try ProgressGrid(run: run, through: epoch) }
          == "\(run.path): has no contact sheet of epoch \(epoch); choose another with "
          + "'epoch': 2, 4, 6")
    }
  }

  @Test func aRunWithoutSheetsIsNamed() throws {
    let folder = try TemporaryFolder()
    let run = try run([], in: folder)
    #expect(
      message { _ = try ProgressGrid(run: run) }
        == "\(run.path): has no contact sheet yet; "
        + "train it for at least one epoch, or choose another folder with 'run'")
  }

  @Test func greySheetsKeepTheirLevelsInAnAnimation() throws {
    let folder = try TemporaryFolder()
    let run = try run([1, 2, 3], in: folder)
    #expect(try ProgressGrid(run: run).writeAnimation(to: folder.file("a.gif")) == [1, 2, 3])
    let file = try GIFFile(folder.file("a.gif"))
    #expect(file.delays == [50, 50, 200])
    for (epoch, frame) in zip(1..., file.frames) {
      #expect(frame == (try PixelImage(contentsOf: run.progressPath(epoch: epoch)).rgb()))
    }
  }

  @Test func nearlyGreySheetsStayNear() throws {
    let folder = try TemporaryFolder()
    let run = try run([1, 2], in: folder) { [$0, $0 + 1, $0] }
    _ = try ProgressGrid(run: run).writeAnimation(to: folder.file("a.gif"))
    let frame = try GIFFile(folder.file("a.gif")).frames[1]
    #expect(frame.samples(x: 20, y: 0) == [60, 61, 60])
    #expect(try ProgressGrid(run: run).still().image.channels == 3)
  }

  @Test func anAnimationHasAHundredFramesAtMost() throws {
    let folder = try TemporaryFolder()
    let grid = try ProgressGrid(run: run(Array(1...103), in: folder))
    let epochs = try grid.writeAnimation(to: folder.file("a.gif"))
    #expect(epochs.count == 100 && epochs.first == 1 && epochs.last == 103)
    let file = try GIFFile(folder.file("a.gif"))
    #expect(file.delays == Array(repeating: 10, count: 99) + [200])
    #expect(file.frames[99].samples(x: 0, y: 0)[0] == Self.level(epoch: 103, place: 0))
  }

  @Test func sheetsThatDoNotFitAreNamed() throws {
    let folder = try TemporaryFolder()
    let run = try run([1, 2], in: folder)
    try PixelImage(width: 80, height: 78, channels: 1, repeating: 9)
      .writePNG(to: run.progressPath(epoch: 2))
    #expect(
      message { _ = try ProgressGrid(run: run).still() }
        == "\(run.progressPath(epoch: 2)): expected a sheet of 78x78 pixels, like that of epoch 1, "
        + "found 80x78")
    try PixelImage(width: 80, height: 78, channels: 1, repeating: 9)
      .writePNG(to: run.progressPath(epoch: 1))
    #expect(
      message { _ = try ProgressGrid(run: run, through: 1).still() }
        == "\(run.progressPath(epoch: 1)): expected a sheet of 8x8 pictures, 2 pixels apart; "
        + "80x78 pixels cannot be divided like that")
  }
}

/// What giflib reads from a file.
private struct GIFFile {
  private(set) var frames: [PixelImage] = []
  private(set) var delays: [Int] = []

  private struct Unreadable: Error {}

  init(_ path: String) throws {
    guard let gif = DGifOpenFileName(path, nil) else { throw Unreadable() }
    defer { DGifCloseFile(gif, nil) }
    guard DGifSlurp(gif) == GIF_OK, let map = gif.pointee.SColorMap else { throw Unreadable() }
    for index in 0..<Int(gif.pointee.ImageCount) {
      let saved = gif.pointee.SavedImages[index]
      let (width, height) = (Int(saved.ImageDesc.Width), Int(saved.ImageDesc.Height))
      let pixels = (0..<width * height).flatMap { place -> [UInt8] in
        let colour = map.pointee.Colors[Int(saved.RasterBits[place])]
        return [colour.Red, colour.Green, colour.Blue]
      }
      frames.append(PixelImage(width: width, height: height, channels: 3, pixels: pixels))
      var control = GraphicsControlBlock()
      DGifSavedExtensionToGCB(gif, Int32(index), &control)
      delays.append(Int(control.DelayTime))
    }
  }
}
