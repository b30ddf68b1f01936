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

  /// Writes the sheet, the epoch's line at its end, and the checkpoint where it is due; returns whether
  /// the run is to stop because the generator has collapsed.
  ///
  /// Ranks share what is computed for that, and rank 0 writes.
  func save(mustCheckpoint: Bool, _ onEvent: (Event) throws -> Void) throws -> Bool {
    model.estimateGeneratorStatistics(images: images, seed: configuration.seed, backend)
    let tiles = progressTiles()
    let line = try backend.together {
      position.isEndOfEpoch && logs != nil ? try epochLine(tiles) : nil
    }
    if let line { stall.record(line) }
    let stops = backend.ofFirstRank(
      configuration.stopOnCollapse == true && line != nil && stall.hasCollapsed)
    let isDue = isCheckpointDue || mustCheckpoint || stops
    let calibration = isDue ? try calibrate() : nil
    try backend.together {
      guard let logs else { return }
      let state = isDue ? try finiteCheckpoint(calibration) : nil
      // All that can fail to be computed is computed: from here on the folder changes.
      try write(tiles)
      if let line { try logs.epochs.append(line) }
      if let state { try save(state, logs) }
      try report(line, hasCheckpoint: isDue, onEvent)
    }
    if isDue { savedStep = position.step }
    return stops
  }

  /// Finds what evaluation needs of the discriminator; the generator's statistics are estimated already.
  /// Throws what reading the images throws.
  private func calibrate() throws -> ScoreCalibration? {
    try model.estimateDiscriminatorStatistics(real: images, seed: configuration.seed, backend)
    return try model.calibration(
      on: heldOut ?? images, isHeldOut: heldOut != nil, seed: configuration.seed, backend)
  }

  /// Says what is saved, and what is wrong with the images.
  private func report(
    _ line: EpochMetrics?, hasCheckpoint: Bool, _ onEvent: (Event) throws -> Void
  ) throws {
    try onEvent(.saved(position, hasCheckpoint: hasCheckpoint, diversity: line?.diversity))
    if let line, let warning = stall.warningOfCollapse(after: line) {
      try onEvent(.warning(warning))
    }
  }

  /// Whether the settings ask for a checkpoint here.
  private var isCheckpointDue: Bool {
    position.isEndOfEpoch
      && (position.epoch % configuration.checkpointEvery == 0
        || position.epoch == configuration.epochs)
  }

  /// Returns the state with its calibration; throws `TrainingError` where a weight is not finite.
  private func finiteCheckpoint(_ calibration: ScoreCalibration?) throws -> Checkpoint {
    let state = checkpoint(calibration)
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
  private func save(_ state: Checkpoint, _ logs: RunLogs) throws {
    let epoch = position.epoch
    try logs.metrics.synchronize()
    try logs.epochs.synchronize()
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
