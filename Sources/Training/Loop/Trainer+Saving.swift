import Checkpoints
import DCGAN
import Files
import Imaging
import Tensor

/// What a run keeps in its folder.
extension Trainer {
  /// The state as it stands.
  func checkpoint(_ calibration: ScoreCalibration? = nil) -> Checkpoint {
    var state = model.checkpoint(
      at: position, seed: configuration.seed, images: images.count, calibration: calibration)
    state.metadata.augmentationProbability = augmentation?.probability
    return state
  }

  /// The state as it stands, with what evaluation needs of the discriminator; the generator's
  /// statistics are estimated already. Throws what reading the images throws.
  private func calibratedCheckpoint() throws -> Checkpoint {
    try model.estimateDiscriminatorStatistics(real: images, seed: configuration.seed, backend)
    return checkpoint(
      try model.calibration(
        on: heldOut ?? images, isHeldOut: heldOut != nil, seed: configuration.seed, backend))
  }

  /// Writes the sheet, the epoch's line at its end, and the checkpoint where it is due, on rank 0 while the
  /// others wait; returns on all whether the run is to stop because the generator has collapsed.
  func save(mustCheckpoint: Bool, _ onEvent: (Event) throws -> Void) throws -> Bool {
    let stops = try backend.onAnyRank {
      guard logs != nil else { return false }
      return try backend.withoutRanks { try write(mustCheckpoint: mustCheckpoint, onEvent) }
    }
    if isCheckpointDue || mustCheckpoint || stops { savedStep = position.step }
    return stops
  }

  private func write(mustCheckpoint: Bool, _ onEvent: (Event) throws -> Void) throws -> Bool {
    model.estimateGeneratorStatistics(images: images, seed: configuration.seed, backend)
    let tiles = progressTiles()
    let line = position.isEndOfEpoch ? try epochLine(tiles) : nil
    if let line { stall.record(line) }
    let stops = configuration.stopOnCollapse == true && line != nil && stall.hasCollapsed
    let state = isCheckpointDue || mustCheckpoint || stops ? try finiteCheckpoint() : nil
    // All that can fail to be computed is computed: from here on the folder changes.
    try write(tiles)
    if let line { try logs?.epochs.append(line) }
    if let state { try save(state) }
    try onEvent(.saved(position, hasCheckpoint: state != nil, diversity: line?.diversity))
    if let line, let warning = stall.warningOfCollapse(after: line) {
      try onEvent(.warning(warning))
    }
    return stops
  }

  /// Whether the settings ask for a checkpoint here.
  private var isCheckpointDue: Bool {
    position.isEndOfEpoch
      && (position.epoch % configuration.checkpointEvery == 0
        || position.epoch == configuration.epochs)
  }

  /// Returns the state with its calibration; throws `TrainingError` where a weight is not finite.
  private func finiteCheckpoint() throws -> Checkpoint {
    let state = try calibratedCheckpoint()
    guard state.isFinite else {
      throw divergence("a weight is no longer finite", "although the losses are", in: state)
    }
    return state
  }

  /// Writes the sheet of the same latents.
  private func write(_ tiles: [PixelImage]) throws {
    try ProgressGrid.sheet.image(of: tiles).writePNG(
      to: folder.progressPath(epoch: position.epoch),
      mark: .own(.progress, configuration, epoch: position.epoch))
  }

  /// Sums up the epoch that ends.
  private func epochLine(_ tiles: [PixelImage]) throws -> EpochMetrics {
    EpochMetrics(
      epoch: position.epoch, step: position.step,
      diversity: Diversity.ratio(
        of: tiles, to: try realImages(images.spread(ProgressGrid.sheetImages))))
  }

  /// Writes a checkpoint, after the lines of the steps that it counts, and removes old ones.
  private func save(_ state: Checkpoint) throws {
    let epoch = position.epoch
    try logs?.metrics.synchronize()
    try logs?.epochs.synchronize()
    try state.write(to: folder.checkpointPath(epoch: epoch))
    savedStep = position.step
    try removeUnfinished(before: epoch)
    try folder.prune(
      keep: configuration.keep, keepEvery: configuration.keepEvery, after: epoch)
  }

  /// Removes the checkpoint of the epoch that the run had stopped in, unless it was written anew.
  private func removeUnfinished(before epoch: Int) throws {
    guard let unfinished = unfinishedEpoch, position.isEndOfEpoch || unfinished < epoch else {
      return
    }
    unfinishedEpoch = nil
    let path = folder.checkpointPath(epoch: unfinished)
    if unfinished < epoch && Folder.exists(path) { try Folder.remove(path) }
  }

  /// Generates the same latents at every epoch.
  private func progressTiles() -> [PixelImage] {
    let random = RandomUse.progressLatents.stream(seed: configuration.seed)
    let latents = Tensor(latents: ProgressGrid.sheetImages, nz: configuration.nz, from: random)
    let labels = configuration.model.classes?.sheetLabels(ProgressGrid.sheetImages)
    return model.generate(latents, labels: labels, backend).pixelImages
  }

  /// Returns images of the data set as the networks see them.
  private func realImages(_ indices: some Sequence<Int>) throws -> [PixelImage] {
    try indices.map { try images.image(at: $0) }
  }

  /// Lays out images that are spread over the data set, which diversity compares with, and its first
  /// ones, eight in a row. The second file says that the first holds spread ones, and comes last.
  func writeRealImages() throws {
    let mark = ImageMark.own(.realImages, configuration)
    try ProgressGrid.sheet.image(of: realImages(images.spread(ProgressGrid.sheetImages)))
      .writePNG(to: folder.realSamplesPath, mark: mark)
    try ProgressGrid.sheet.image(of: realImages(0..<min(ProgressGrid.sheetImages, images.count)))
      .writePNG(to: folder.realFirstPath, mark: mark)
  }
}
