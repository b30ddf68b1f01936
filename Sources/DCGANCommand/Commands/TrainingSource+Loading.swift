import DCGAN
import DataSets
import Imaging
import Support
import Tensor
import Training

/// The decoding of the images that a run trains on.
extension TrainingSource {
  /// Decodes the images of the training and those that it leaves out, and completes the settings by what
  /// the images tell.
  ///
  /// Every rank decodes all images, unless they are kept in a cache: of that each decodes a part. Throws what
  /// decoding throws.
  func load(
    _ settings: inout RunConfiguration, _ plan: TrainingPlan, _ options: TrainOptions,
    _ backend: Backend, _ console: Console
  ) throws -> TrainingData {
    let decoded = try decode(&settings, plan, options, backend, console)
    let known = settings
    let (completed, data) = try backend.togetherAtLength {
      var settings = known
      let data = try complete(&settings, by: labelled(decoded), plan, options, console)
      return (settings, data)
    }
    settings = completed
    return data
  }

  /// Decodes the images of the training, or reads them from the cache that is chosen and recorded.
  private func decode(
    _ settings: inout RunConfiguration, _ plan: TrainingPlan, _ options: TrainOptions,
    _ backend: Backend, _ console: Console
  ) throws -> ImageDataSet {
    let memory = usableMemory / backend.ranksOfAHost()
    let choice = try CacheChoice.shared(run: options.run, backend) { [settings] in
      try CacheChoice(
        options.cache, recorded: plan.recorded?.program.cache, run: options.run, listing,
        settings.reading, threads: settings.threads, memory: memory,
        say: { if !options.quiet { console.say($0) } }, warn: { console.warn($0) })
    }
    settings.program.cache = choice.recorded
    if let cache = choice.cache, backend.ranks != nil {
      try build(cache, settings, backend, quiet: options.quiet, console)
    }
    return try backend.togetherAtLength { [settings] in
      if let cache = choice.cache { try Self.check(cache, isSeenBy: backend) }
      return try decode(
        settings, choice.cache, isOthers: !backend.isFirstRank, quiet: options.quiet, console)
    }
  }

  /// Throws `TrainingError` where a rank does not see the cache that rank 0 has made, and would build another.
  private static func check(_ cache: ImageCache, isSeenBy backend: Backend) throws {
    guard let ranks = backend.ranks, !cache.exists else { return }
    throw TrainingError(
      "\(cache.path): rank \(ranks.rank) does not see the cache that the ranks have made there; name a folder "
        + "that all hosts share with \(.cache), or --cache none")
  }

  /// Builds the cache on all ranks, with progress, unless there is one; throws what building it throws.
  private func build(
    _ cache: ImageCache, _ settings: RunConfiguration, _ backend: Backend, quiet: Bool,
    _ console: Console
  ) throws {
    let progress = ProgressLine(console: console, quiet: quiet)
    defer { progress.finish() }
    do {
      try backend.build(
        cache,
        ImageCache.Work(
          listing: listing, reading: settings.reading, threads: settings.threads,
          isStrict: settings.strict, progress: show(on: progress, console)),
        onEvent: { if !quiet { console.say(cache.words(for: $0)) } })
    } catch let error as ImageError {
      throw Self.strictFailure(error)
    }
  }

  /// Returns what shows how many files are done, and how long the rest will take.
  private func show(
    on progress: ProgressLine, _ console: Console
  ) -> @Sendable (_ done: Int, _ total: Int) -> Void {
    let pace = EvenPace(startedAt: console.now())
    return { done, total in
      progress.update(
        .counting(
          "loading", done: done, of: total,
          secondsLeft: pace.secondsLeft(done: done, of: total, at: console.now())))
    }
  }

  /// Completes the settings by what the images tell, and decodes those that training leaves out.
  private func complete(
    _ settings: inout RunConfiguration, by images: ImageDataSet, _ plan: TrainingPlan,
    _ options: TrainOptions, _ console: Console
  ) throws -> TrainingData {
    if plan.recorded == nil { try count(images, in: &settings) }
    if plan.recorded == nil { settings.split = listing.split.rawValue }
    if settings.heldOutDigest == nil || isChanged || options.acceptsChangedData {
      settings.heldOutDigest = heldOutDigest
    }
    settings.images = images.count
    settings.skipped = images.skipped.count
    settings.dataDigest = listing.digest
    if let recorded = plan.recorded { warn(ofOtherPixelsThan: recorded, images.tally, console) }
    let data = try leaveOut(heldOut, beside: images, settings, console)
    settings.account = account(data)
    return data
  }

  /// Decodes the images with progress, and names those that cannot be read.
  private func decode(
    _ settings: RunConfiguration, _ cache: ImageCache?, isOthers: Bool, quiet: Bool,
    _ console: Console
  ) throws -> ImageDataSet {
    let progress = ProgressLine(console: console, quiet: quiet)
    defer { progress.finish() }
    let images = try decode(
      settings, cache, isOthers: isOthers, quiet: quiet, progress, console)
    progress.settle(.counting("loading", done: listing.files.count, of: listing.files.count))
    for skipped in images.skipped {
      progress.warn("\(dataPath)/\(skipped.path): skipped: \(skipped.reason)")
    }
    if !images.skipped.isEmpty {
      let was = images.skipped.count == 1 ? "was" : "were"
      let remedy =
        images.skipped.contains(where: \.isBurnedIn)
        ? "; --allow-burned-in uses those with a patient's data in the picture" : ""
      progress.warn(
        "\(images.skipped.count) of \(listing.files.count) images \(was) skipped\(remedy)")
    }
    return images
  }

  private func decode(
    _ settings: RunConfiguration, _ cache: ImageCache?, isOthers: Bool, quiet: Bool,
    _ progress: ProgressLine, _ console: Console
  ) throws -> ImageDataSet {
    let show = show(on: progress, console)
    do {
      guard let cache else {
        return try ImageDataSet(
          listing: listing, reading: settings.reading, threads: settings.threads,
          strict: settings.strict, progress: show)
      }
      return try ImageDataSet(
        listing: listing, reading: settings.reading, threads: settings.threads,
        strict: settings.strict, cache: cache, isOthers: isOthers,
        onEvent: { if !quiet { console.say(cache.words(for: $0)) } },
        progress: show)
    } catch let error as ImageError {
      throw Self.strictFailure(error)
    }
  }

  /// Decodes the images that training leaves out, to calibrate scores on, without those that training
  /// uses under other names.
  private func leaveOut(
    _ heldOut: ImageFolder?, beside images: ImageDataSet, _ settings: RunConfiguration,
    _ console: Console
  ) throws -> TrainingData {
    guard let heldOut else { return TrainingData(images: images, heldOut: nil, duplicates: 0) }
    do {
      let decoded = try ImageDataSet(
        listing: heldOut, reading: settings.reading, threads: settings.threads,
        strict: settings.strict)
      for skipped in decoded.skipped {
        console.warn("\(dataPath)/\(skipped.path): skipped: \(skipped.reason)")
      }
      let found = labelled(decoded)
      let (unseen, duplicates) = try found.leavingOut(imagesOf: images)
      return TrainingData(
        images: images, heldOut: unseen.count == 0 ? nil : unseen, duplicates: duplicates)
    } catch let error as ImageError {
      throw Self.strictFailure(error)
    } catch let error as DataSetError where error.kind == .noReadableImages {
      console.warn(Message(error).text)
      return TrainingData(images: images, heldOut: nil, duplicates: 0)
    }
  }
}
