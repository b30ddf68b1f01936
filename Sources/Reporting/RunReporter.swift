import DCGAN
import DataSets
import Files
import Foundation
import Imaging
import Samples
import Support
import Tensor
import Training

/// Gathers what a report shows, as often as it is asked; what does not change is read once.
public final class RunReporter {
  /// What to look at, and how.
  public struct Request: Equatable, Sendable {
    /// Where the data lies now; nil for where the run found it.
    public var dataPath: String?
    /// The epoch to end with; nil for the latest.
    public var epoch: Int?
    /// How many real and how many generated images are scored.
    public var count: Int
    /// The score from which an image passes.
    public var threshold: Float
    /// The seed of the generated images.
    public var seed: UInt64

    /// Makes a request.
    public init(
      dataPath: String? = nil, epoch: Int? = nil, count: Int = 256, threshold: Float = 0.7,
      seed: UInt64 = 0
    ) {
      self.dataPath = dataPath
      self.epoch = epoch
      self.count = count
      self.threshold = threshold
      self.seed = seed
    }
  }

  /// A part of the work that takes its time.
  public enum Stage: String, Sendable {
    /// Progress sheets are read.
    case sheets = "reading sheets"
    /// The data set is decoded, to name the files that cannot be read.
    case data = "reading images"
  }

  /// A report of how much of a part is done, from any thread.
  public typealias Progress = @Sendable (_ stage: Stage, _ done: Int, _ total: Int) -> Void

  private let folder: RunFolder
  private let request: Request
  private let backend: Backend
  private let sheets: SheetReader
  private var review: ReportedData?
  private var realImages: Originals?

  /// Real images as the networks see them.
  private struct Originals {
    let size: Int
    let images: [PixelImage]
    /// Their classes; nil where the networks know none.
    let labels: [Int]?
    let source: ReportedScores.RealSource
  }

  /// Pictures of the generated sheet.
  private static let sheetImages = 64
  /// The JPEG quality of the two sheets that are compared.
  private static let quality = 88

  /// Prepares to report on a run.
  public init(_ folder: RunFolder, _ request: Request, backend: Backend) {
    self.folder = folder
    self.request = request
    self.backend = backend
    sheets = SheetReader(folder)
  }

  /// Reads the run as it stands, which may be in training.
  ///
  /// What is missing or damaged is left out and said in `problems`, as far as the settings can be
  /// read. Throws what reading those throws, and `RunFolderError` where the run has no sheet of the
  /// epoch that was asked for.
  public func report(progress: @escaping Progress = { _, _, _ in }) throws -> RunReport {
    let configuration = try folder.configuration()
    if let epoch = request.epoch { _ = try folder.findProgress(epoch: epoch) }
    var problems: [Message] = []
    func attempt<Value>(_ body: () throws -> Value?) -> Value? {
      do {
        return try body()
      } catch {
        problems.append(Message(error))
        return nil
      }
    }
    let metrics = attempt { try MetricsLog.read(folder.metricsPath) } ?? []
    var unreadable: [String] = []
    let encodings =
      attempt {
        try sheets.read(
          through: request.epoch, progress: { progress(.sheets, $0, $1) },
          onFailure: { unreadable.append("\($0)") })
      } ?? []
    problems += unreadable.map { Message($0) }
    let data =
      review
      ?? ReportedData(
        of: configuration, at: request.dataPath, threads: backend.pool.threadCount
      ) { progress(.data, $0, $1) }
    review = data
    var report = RunReport(
      path: folder.path, configuration: configuration,
      metrics: metrics.filter { $0.epoch <= request.epoch ?? .max },
      stepsDone: metrics.last?.step ?? 0, lastLogged: lastLogged(metrics),
      checkpointEpochs: attempt { try folder.checkpointEpochs() } ?? [],
      strip: SheetStrip(encodings), data: data)
    let real = attempt(realSheet)
    report.isRealSheetSpread = isRealSheetSpread(configuration)
    report.realSheet = attempt { try real.map { try picture($0, folder.realSamplesPath) } }
    report.epochs = attempt { try epochs() } ?? []
    report.variety = attempt { try variety(real, report) }
    if !report.checkpointEpochs.isEmpty {
      attempt { try addScores(to: &report, real) }
    }
    report.problems = problems
    return report
  }

  /// Reads the epochs' lines up to the one that was asked for.
  private func epochs() throws -> [EpochMetrics] {
    try EpochLog.read(folder.epochsPath).filter { $0.epoch <= request.epoch ?? .max }
  }

  private func lastLogged(_ metrics: [StepMetrics]) -> Date? {
    guard !metrics.isEmpty else { return nil }
    let attributes = try? FileManager.default.attributesOfItem(atPath: folder.metricsPath)
    return attributes?[.modificationDate] as? Date
  }

  private func realSheet() throws -> PixelImage? {
    guard Folder.exists(folder.realSamplesPath) else { return nil }
    return try PixelImage(contentsOf: folder.realSamplesPath).withoutRepeatedChannels()
  }

  /// Returns whether the run's sheet of real images shows what diversity compares with: in earlier versions it
  /// showed the first images of the data, which are the same where the sheet has room for all.
  private func isRealSheetSpread(_ configuration: RunConfiguration) -> Bool {
    Folder.exists(folder.realFirstPath) || configuration.images <= ProgressGrid.sheetImages
  }

  private func picture(_ image: PixelImage, _ file: String) throws -> ReportPicture {
    try ReportPicture(image, quality: Self.quality, file: file)
  }

  /// Finds the diversity of the newest sheet: that which the run kept, else against the same real
  /// images; nil where these are not at hand.
  private func variety(_ real: PixelImage?, _ report: RunReport) throws -> Double? {
    guard let newest = sheets.newest else { return nil }
    if let line = report.epochs.last(where: { $0.epoch == newest.epoch }) { return line.diversity }
    guard let real, report.isRealSheetSpread else { return nil }
    let configuration = report.configuration
    let generated = try tiles(newest.image, count: ProgressGrid.sheetImages, configuration)
    let originals = try tiles(real, count: configuration.images, configuration)
    return Diversity.ratio(of: generated, to: originals)
  }

  /// Cuts the first pictures out of a sheet of the run.
  private func tiles(
    _ sheet: PixelImage, count: Int, _ configuration: RunConfiguration
  ) throws -> [PixelImage] {
    let count = min(count, ProgressGrid.sheetImages)
    let layout = ProgressGrid.sheet
    let tiles = try layout.tiles(
      of: sheet, rows: (count + layout.columns - 1) / layout.columns, file: folder.path)
    return Array(tiles.prefix(count))
  }

  private func addScores(to report: inout RunReport, _ real: PixelImage?) throws {
    let found = try folder.readCheckpoint(epoch: request.epoch)
    let model = try AdversarialModel(found.value, path: found.path)
    var samples: [Sampler.Sample] = []
    let sampler = Sampler(
      model, latents: LatentSource(seed: request.seed, nz: model.settings.nz), backend: backend,
      classes: .drawn(seed: request.seed))
    let generated = sampler.draw(count: request.count, maximumTries: request.count) {
      if samples.count < Self.sheetImages { samples.append($0) }
    }
    report.generatedSheet = try picture(
      Self.sheet(of: samples, model.settings.classes).withoutRepeatedChannels(), found.path)
    report.calibration = found.value.metadata.calibration
    let originals = try originals(report, real, model.settings)
    report.scores = ReportedScores(
      epoch: found.epoch, threshold: request.threshold, seed: request.seed,
      real: model.score(originals.images, labels: originals.labels, backend),
      realSource: originals.source, generated: generated.compactMap(\.score))
  }

  /// Lays samples out, by class where they have some.
  private static func sheet(
    of samples: [Sampler.Sample], _ classes: ModelClasses?
  ) -> PixelImage {
    guard let classes else { return ProgressGrid.sheet.image(of: samples.map(\.image)) }
    return ContactSheet.image(
      of: classes.names.map { name in
        (label: name, tiles: samples.filter { $0.className == name }.map(\.image))
      })
  }

  /// Reads real images, evenly spread over the data set; those of `real-samples.png` where that is
  /// not at hand.
  private func originals(
    _ report: RunReport, _ real: PixelImage?, _ settings: ModelSettings
  ) throws -> Originals {
    if let known = realImages, known.size == settings.size { return known }
    let classes = settings.classes.map { FolderClasses(names: $0.names) }
    var images: [PixelImage] = []
    var labels: [Int] = []
    var source = ReportedScores.RealSource.dataSet
    if let listing = report.data.listing {
      let count = min(request.count, listing.files.count)
      for index in 0..<count {
        let file = listing.files[index * listing.files.count / count]
        let label = classes.map { $0.label(of: file.path) } ?? 0
        guard file.problem == nil, let label else { continue }
        do throws(ImageError) {
          images.append(
            try networkImage(
              at: listing.path(of: file), reading: report.configuration.reading))
          labels.append(label)
        } catch {
          // The data set's part of the report names those that cannot be read.
          continue
        }
      }
    } else if let real {
      source = report.isRealSheetSpread ? .realSamples : .firstImages
      images = try tiles(real, count: report.configuration.images, report.configuration)
        .filter { $0.width == settings.size && $0.height == settings.size }
      labels = settings.classes?.labels(ofSpread: images.count) ?? []
    }
    let originals = Originals(
      size: settings.size, images: images, labels: classes == nil ? nil : labels, source: source)
    realImages = originals
    return originals
  }
}
