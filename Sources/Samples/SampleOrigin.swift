import DataSets
import Files
import Support
import Training

/// Which data samples were made after: what `samples.json` says of it, and where an older version
/// wrote that, the settings of the run that it names.
public struct SampleOrigin: Equatable, Sendable {
  /// How the samples were drawn.
  public let recipe: SampleRecipe
  /// The settings of the run; nil where it is no longer at hand, or another one has taken its place.
  public let configuration: RunConfiguration?
  /// The folder of that run.
  private let run: String?

  /// Reads the record in a folder of samples; nil where there is none.
  ///
  /// Throws what reading the record and a run's settings throw.
  public init?(of folder: String) throws {
    guard let recipe = try SampleRecipe.beside(table: SampleNames.tablePath(in: folder)) else {
      return nil
    }
    self.recipe = recipe
    guard let run = recipe.findRun() else {
      (configuration, self.run) = (nil, nil)
      return
    }
    let found = try RunFolder.open(at: run).configuration()
    let isTheRun =
      recipe.runDigest.map { $0 == found.digest } ?? (found.seed == recipe.runSeed)
    (configuration, self.run) = isTheRun ? (found, run) : (nil, nil)
  }

  /// The images that the run was trained on; nil where neither record nor run says.
  public var selection: DataSelection? {
    if let split = recipe.split {
      return DataSelection(
        split: DataSplit(rawValue: split), classes: recipe.classes ?? [],
        excluded: recipe.excluded ?? [], limit: recipe.limit, patients: patients)
    }
    return configuration?.selection
  }

  /// How the run divided patients; nil where it did not.
  private var patients: PatientSplit? {
    guard let shares = recipe.splitByPatient, let seed = recipe.runSeed else { return nil }
    return PatientSplit(shares: shares, runSeed: seed)
  }

  /// How the run reads files, in the networks' usual size where the run is not at hand to say.
  public var reading: ImageReading {
    var reading = configuration?.reading ?? ImageReading(size: 128, channels: 3)
    reading.fit = recipe.fit ?? reading.fit
    reading.background = recipe.background.map { UInt8(clamping: $0) } ?? reading.background
    reading.window = recipe.window ?? reading.window
    reading.frames = recipe.frames ?? reading.frames
    reading.allowsBurnedIn = recipe.allowsBurnedIn ?? reading.allowsBurnedIn
    return reading
  }

  /// The digest of the list of these images; nil where neither record nor run says.
  public var dataDigest: String? { recipe.dataDigest ?? configuration?.dataDigest }

  /// The folder of the data set; nil where the run does not say or the folder is gone.
  ///
  /// A relative path counts from where training was started: from here, or from where the run lies.
  public var dataPath: String? {
    guard let run, let path = configuration?.dataLocation else { return nil }
    let places = path.hasPrefix("/") ? [path] : [path, Folder.join(Folder.parent(of: run), path)]
    return places.first(where: Folder.holdsFiles)
  }

  /// Returns the images of a data set that the run was trained on, as far as the data set has such,
  /// and what it lacks, if anything.
  ///
  /// Throws `DataSetError` where the folder holds no images at all.
  public func selection(
    in data: String
  ) throws(DataSetError) -> (selection: DataSelection, shortcoming: String?) {
    guard let wanted = selection else {
      return (
        DataSelection(),
        recipe.run.map {
          "\(SampleRecipe.fileName) does not say which images the run \(quoted($0)) was trained on, "
            + "and the run is missing"
        }
          ?? "\(SampleRecipe.fileName) names network files, which do not say what they were trained "
          + "on"
      )
    }
    do throws(DataSetError) {
      _ = try ImageFolder(root: data, wanted)
      return (wanted, nil)
    } catch {
      guard Self.missing.contains(error.kind) else { throw error }
      let classes = wanted.classes.isEmpty ? "" : " of \(Self.list(wanted.classes))"
      let split = wanted.split.map { $0 == .all ? "" : " in \($0.rawValue)" } ?? ""
      return (
        DataSelection(),
        "\(data): the samples' run was trained on the images\(split)\(classes), which are not there"
      )
    }
  }

  /// What listing says of a data set without the images of the run.
  private static let missing: [DataSetError.Kind] = [
    .noSuchSplit, .noSuchClass, .noImages, .unknownPatients, .alreadyDivided,
  ]

  private static func list(_ names: [String]) -> String {
    names.map(quoted).joined(separator: " and ")
  }
}
