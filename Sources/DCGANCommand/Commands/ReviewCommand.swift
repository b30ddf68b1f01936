import Review

/// Runs `dcgan review`.
package enum ReviewCommand {
  /// Does the work with checked options and returns how it ended.
  package static func run(_ options: ReviewOptions, _ console: Console) throws -> ExitCode {
    guard options.verdicts.isEmpty else { return try evaluate(options, console) }
    return try make(options, console)
  }

  /// Writes the page and its key.
  private static func make(_ options: ReviewOptions, _ console: Console) throws -> ExitCode {
    let choice = try ReviewChoice(options)
    let folder = try ReviewFolder.create(at: options.out)
    let progress = ProgressLine(console: console, quiet: options.quiet)
    defer { progress.finish() }
    let review = try BlindReview(
      BlindReview.Request(
        samples: options.samples ?? "", data: choice.data, selection: choice.selection,
        reading: choice.reading, count: options.count,
        seed: options.seed ?? UInt64.random(in: .min ... .max)),
      onSkip: { progress.warn("\($0); another image replaces it") },
      onWarning: { progress.warn($0) },
      onProgress: { progress.update(.counting("reading", done: $0, of: $1)) })
    let page = Array(ReviewPage(review).html.source.utf8)
    try folder.write(review.key, page: page)
    let made = ReviewMade(review, folder, bytes: page.count)
    if made.imagesOfEachKind < options.count {
      progress.warn(
        "\(Formatting.counted(made.imagesOfEachKind, "image")) of each kind instead of "
          + "\(options.count): there are no more of the rarer kind")
    }
    if let warning = choice.warning { progress.warn(warning) }
    progress.finish()
    try made.print(asJSON: options.json, console)
    return .done
  }

  /// Works out verdicts and copies the samples that passed.
  private static func evaluate(_ options: ReviewOptions, _ console: Console) throws -> ExitCode {
    let folder = ReviewFolder(path: options.out)
    let key = try folder.key()
    let result = ReviewResult(try VerdictTable(contentsOf: options.verdicts, key), key)
    let passed = PassedSamples(result, key, samples: options.samples)
    try passed.write(to: folder.passedPath, as: options.format)
    let summary = ReviewSummary(result, key, passedPath: folder.passedPath)
    if options.json {
      try console.printJSON(summary)
    } else {
      try console.print(text: summary.text)
    }
    return .done
  }
}

/// What was written.
private struct ReviewMade: Encodable {
  let review: String
  let page: String
  let key: String
  let imagesOfEachKind: Int
  let size: Int
  let bytes: Int

  init(_ review: BlindReview, _ folder: ReviewFolder, bytes: Int) {
    self.review = review.key.review
    page = folder.pagePath
    key = folder.keyPath
    imagesOfEachKind = review.key.images(.real).count
    size = review.key.size
    self.bytes = bytes
  }

  func print(asJSON: Bool, _ console: Console) throws {
    if asJSON {
      try console.printJSON(self)
      return
    }
    try console.print(
      "wrote \(page): review \(review), \(imagesOfEachKind) real and \(imagesOfEachKind) synthetic "
        + "images, \(Formatting.bytes(bytes)), for readers")
    try console.print("wrote \(key): what each image is, not for readers")
  }
}
