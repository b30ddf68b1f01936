import Foundation
import Phantoms
import Study
import Support
import Tensor
import TestSupport
import Testing

/// Whole studies of small networks.
@Suite struct StudyRunTests {
  private static let settings = StudySettings(
    size: 32, channels: 1, ndf: 4, ngf: 4, shares: [0.4, 1], seeds: 2, steps: 3,
    generatorSteps: 3, ratios: [0.5, 2], minReal: 0, seed: 5)

  /// Runs a study in a folder; it stops once somebody has asked so often whether to.
  private func run(
    _ practice: PracticeData, _ settings: StudySettings = settings, in folder: String,
    synthetic: String? = nil, threads: Int = 2, resuming: Bool = false, stopAfter: Int = .max
  ) throws -> StudyResult? {
    let backend = Backend(variant: .best, threads: threads)
    let data = try StudyData(path: practice.path, settings: settings, threads: threads)
    let study = try StudyFolder(
      path: folder, resuming: resuming, settings: settings, dataDigest: data.summary.digest,
      synthetic: synthetic, variant: "any")
    var asked = 0
    return try StudyRunner(
      data, settings, folder: study, synthetic: synthetic, backend: backend
    ).run(
      shouldStop: {
        asked += 1
        return asked > stopAfter
      }, onEvent: { _ in })
  }

  private func files(_ folder: String) throws -> [Data] {
    try ["study.json", "study.csv"].map {
      try Data(contentsOf: URL(filePath: "\(folder)/\($0)"))
    }
  }

  @Test func everyArmHasItsImages() throws {
    let practice = try PracticeData.pairs(train: 40, test: 6)
    let folder = try TemporaryFolder()
    let result = try #require(try run(practice, in: folder.file("study")))
    // 16 images of each class in the smaller share, 34 in the larger.
    let expected: [(StudyArm, Double, Int, Int)] = [
      (.real, 0, 32, 0), (.repeated, 2, 96, 0), (.augmented, 0, 32, 0),
      (.synthetic, 0.5, 48, 16), (.synthetic, 2, 96, 64), (.filtered, 0.5, 48, 16),
      (.both, 0.5, 48, 16), (.syntheticOnly, 1, 32, 32),
      (.real, 0, 68, 0), (.repeated, 2, 204, 0), (.augmented, 0, 68, 0),
      (.synthetic, 0.5, 102, 34), (.synthetic, 2, 204, 136), (.filtered, 0.5, 102, 34),
      (.both, 0.5, 102, 34), (.syntheticOnly, 1, 68, 68),
    ]
    let rows = result.rows
    #expect(rows.count == 2 * expected.count)
    for (place, row) in rows.enumerated() {
      let (arm, ratio, images, synthetic) = expected[place / 2]
      #expect(row.arm == arm && row.ratio == ratio && row.seed == place % 2, "row \(place)")
      #expect(row.images == images && row.syntheticImages == synthetic, "row \(place)")
      #expect(row.share == (place < 16 ? 0.4 : 1), "row \(place)")
      #expect((0...1).contains(row.auroc) && (0...1).contains(row.brier), "row \(place)")
      let (low, high) = (try #require(row.aurocLow), try #require(row.aurocHigh))
      #expect(low <= row.auroc && row.auroc <= high, "row \(place)")
      #expect(
        abs(row.balancedAccuracy - (row.sensitivity + row.specificity) / 2) < 1e-12,
        "row \(place)")
    }
    // At two shares, seven mixtures beside the first control, and those that are left beside the others.
    #expect(result.comparisons.count == 2 * (7 + 6 + 5))
    #expect(result.comparisons.allSatisfy { $0.arm != .real && $0.arm != $0.control })
    #expect(result.comparisons.allSatisfy { $0.p > 0 && $0.pHolm >= $0.p && $0.pHolm <= 1 })
    #expect(result.shareImages == [32, 68])
    #expect(result.verdicts.count == 2)
  }

  @Test func theFilesHaveTheNamesOfTheContract() throws {
    let practice = try PracticeData.pairs(train: 20, test: 4)
    let folder = try TemporaryFolder()
    var settings = Self.settings
    (settings.shares, settings.seeds, settings.arms) = ([1], 1, [.real, .repeated])
    _ = try #require(try run(practice, settings, in: folder.file("study")))
    let json = try #require(
      try JSONSerialization.jsonObject(with: try files(folder.file("study"))[0])
        as? [String: Any])
    let rows = try #require(json["rows"] as? [[String: Any]])
    let keys = [
      "arm", "auprc", "auroc", "auroc_high", "auroc_low", "balanced_accuracy", "brier", "images",
      "may_have_seen_more", "ratio", "seed", "sensitivity", "share", "specificity",
      "synthetic_images", "threshold",
    ]
    #expect(rows.map { $0.keys.sorted() } == [keys, keys])
    #expect(rows.map { $0["arm"] as? String } == ["real", "repeated"])
    for key in ["comparisons", "verdict", "settings", "data", "warnings"] {
      #expect(json[key] != nil, "\(key)")
    }
    let lines = String(decoding: try files(folder.file("study"))[1], as: UTF8.self)
      .split(separator: "\n")
    #expect(lines.count == 3)
    #expect(Set(lines[0].split(separator: ",").map(String.init)) == Set(keys))
    #expect(
      !String(decoding: try files(folder.file("study"))[0], as: UTF8.self)
        .contains(practice.path))
  }

  @Test func aStudyThatWasStoppedComesToTheSameBytesAtAnyNumberOfThreads() throws {
    let practice = try PracticeData.pairs(train: 30, test: 4)
    let folder = try TemporaryFolder()
    var settings = Self.settings
    settings.shares = [0.5]
    settings.arms = [.real, .augmented, .synthetic, .both]
    _ = try #require(try run(practice, settings, in: folder.file("whole"), threads: 3))
    let whole = try files(folder.file("whole"))
    var isResumed = false
    var sittings = 0
    while try run(
      practice, settings, in: folder.file("parts"), threads: 1 + sittings % 2,
      resuming: isResumed, stopAfter: 7) == nil
    {
      isResumed = true
      sittings += 1
      #expect(!FileManager.default.fileExists(atPath: folder.file("parts/study.json")))
      try #require(sittings < 40)
    }
    #expect(sittings > 2)
    #expect(try files(folder.file("parts")) == whole)
  }

  /// Makes the runner of a study that rank 0 begins; the others help once the folder is there.
  private static func runner(
    on rank: any RankGroup, _ data: StudyData, _ settings: StudySettings, path: String
  ) throws -> StudyRunner {
    let begun =
      rank.rank == 0
      ? try StudyFolder(
        path: path, resuming: false, settings: settings, dataDigest: data.summary.digest,
        synthetic: nil, variant: "any") : nil
    _ = rank.gather(true)
    return StudyRunner(
      data, settings, folder: try begun ?? StudyFolder(helpingAt: path), synthetic: nil,
      backend: Backend(threads: 1))
  }

  @Test func ranksThatShareTheTrainingsComeToTheBytesOfOneProcess() throws {
    let practice = try PracticeData.pairs(train: 30, test: 4)
    let folder = try TemporaryFolder()
    var settings = Self.settings
    settings.arms = [.real, .repeated, .synthetic]
    _ = try #require(try run(practice, settings, in: folder.file("alone")))
    let (path, source, chosen) = (folder.file("together"), practice.path, settings)
    let trained = try LocalRanks.run(3) { rank, _ in
      let data = try StudyData(path: source, settings: chosen, threads: 1)
      let runner = try Self.runner(on: rank, data, chosen, path: path)
      let (trained, unwanted) = (Locked(0), Locked(0))
      let isDone = try runner.trainMissing(on: rank, shouldStop: { false }) { event in
        if case .row = event { unwanted.withLock { $0 += 1 } }
        if case .classifier(_, let step, let steps, _, _) = event, step == steps {
          trained.withLock { $0 += 1 }
        }
      }
      guard isDone else { return -1 }
      guard rank.rank == 0 else { return trained.withLock { $0 } }
      let result = try runner.run(shouldStop: { false }) { event in
        if case .classifier = event { unwanted.withLock { $0 += 1 } }
      }
      // No row comes before all is done, and nothing is trained after that.
      return result == nil || unwanted.withLock({ $0 > 0 }) ? -1 : trained.withLock { $0 }
    }
    #expect(try files(path) == files(folder.file("alone")))
    // Two shares with two trainings of four mixtures each.
    #expect(trained.reduce(0, +) == 16 && trained.allSatisfy { $0 >= 5 }, "\(trained)")
  }

  @Test func allRanksStopWhereOneIsAskedTo() throws {
    let practice = try PracticeData.pairs(train: 20, test: 4)
    let folder = try TemporaryFolder()
    var settings = Self.settings
    // None of them comes to an end by itself.
    (settings.arms, settings.steps) = ([.real], 100_000_000)
    let (path, source, chosen) = (folder.file("study"), practice.path, settings)
    let ended = try LocalRanks.run(2) { rank, _ in
      let data = try StudyData(path: source, settings: chosen, threads: 1)
      return try Self.runner(on: rank, data, chosen, path: path).trainMissing(
        on: rank, shouldStop: { rank.rank == 1 }, onEvent: { _ in })
    }
    #expect(ended == [false, false])
  }

  @Test func aRankThatSeesNoStudyCannotHelp() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("nowhere")
    #expect {
      _ = try StudyFolder(helpingAt: path)
    } throws: { error in
      "\(error)"
        == "\(path): a process finds no study there; several need a folder that their hosts share, under "
        + "the same path"
    }
  }

  @Test func aFolderIsTakenOnceAndResumedWithTheSameSettingsAlone() throws {
    let practice = try PracticeData.pairs(train: 20, test: 4)
    let folder = try TemporaryFolder()
    var settings = Self.settings
    (settings.shares, settings.seeds, settings.arms) = ([1], 1, [.real])
    let path = folder.file("study")
    let missing = message { _ = try run(practice, settings, in: path, resuming: true) }
    #expect(missing?.contains("expected a study to resume, found none") == true)
    _ = try run(practice, settings, in: path)
    let taken = message { _ = try run(practice, settings, in: path) }
    #expect(taken?.contains("it already holds a study; continue it with 'resume'") == true)
    settings.steps = 4
    #expect(throws: StudyFolder.Conflict.self) {
      try run(practice, settings, in: path, resuming: true)
    }
  }

  @Test func imagesAtHandAreUsedAndDistrusted() throws {
    let practice = try PracticeData.pairs(train: 40, test: 4)
    let synthetic = try PracticeData(
      [("train/HEALTHY", 70), ("train/SICK", 70)], first: 100_000)
    let folder = try TemporaryFolder()
    var settings = Self.settings
    (settings.seeds, settings.arms) = (1, [.real, .synthetic])
    let result = try #require(
      try run(practice, settings, in: folder.file("study"), synthetic: synthetic.path))
    #expect(result.rows.map(\.syntheticImages) == [0, 16, 64, 0, 34, 136])
    #expect(result.warnings.contains { $0.contains("known") })
    #expect(result.rows.map(\.mayHaveSeenMore) == [false, true, true, false, true, true])
    settings.ratios = [3]
    let short = try #require(
      try run(practice, settings, in: folder.file("short"), synthetic: synthetic.path))
    #expect(short.rows.map(\.syntheticImages) == [0, 96, 0])
    #expect(
      short.warnings.contains { $0.contains("needs 204 synthetic images, and there are 140") },
      "\(short.warnings)")
  }

  @Test func realImagesAreRefusedInThePlaceOfSyntheticOnes() throws {
    let folder = try TemporaryFolder()
    let practice = try PracticeData.pairs(train: 40, test: 16)
    let text = message {
      _ = try run(practice, in: folder.file("study"), synthetic: practice.path)
    }
    #expect(text?.contains("expected synthetic images, found 32 that are real test images") == true)
    #expect(try folder.names("study/cells").isEmpty)
  }

  @Test func trainingsWithoutAPlanAreRefused() throws {
    let folder = try TemporaryFolder()
    let practice = try PracticeData.pairs(train: 40, test: 16)
    try folder.write("{}", to: "study/cells/share-1.0-real-0.0-seed-0.json")
    let text = message { _ = try run(practice, in: folder.file("study")) }
    #expect(text?.contains("it holds cells of an earlier study, but not its plan.json") == true)
  }

  @Test func aClassWithoutSyntheticImagesIsNamed() throws {
    let practice = try PracticeData.pairs(train: 20, test: 4)
    let synthetic = try PracticeData([("HEALTHY", 30)], first: 100_000)
    let folder = try TemporaryFolder()
    let text = message {
      _ = try run(practice, in: folder.file("study"), synthetic: synthetic.path)
    }
    #expect(text?.contains("found none of SICK") == true, "\(text ?? "")")
  }

  @Test func threeClassesAreAveraged() throws {
    let folders = ["HEALTHY", "SICK", "WORSE"]
    let practice = try PracticeData(
      folders.map { ("train/\($0)", 14) } + folders.map { ("test/\($0)", 4) })
    let folder = try TemporaryFolder()
    var settings = Self.settings
    (settings.shares, settings.seeds, settings.steps) = ([1], 1, 40)
    settings.arms = [.real, .augmented]
    let result = try #require(try run(practice, settings, in: folder.file("study")))
    #expect(result.rows.allSatisfy { $0.aurocLow == nil && $0.threshold == nil })
    #expect(result.rows[0].auroc > 0.9)
    #expect(result.data.positive == nil)
    #expect(result.comparisons.map(\.arm) == [.augmented])
  }

  @Test func phantomsWithAndWithoutOpacitiesAreToldApart() throws {
    let folder = try TemporaryFolder()
    try PhantomSet(count: 240).write(to: folder.file("data"), seed: 3)
    let settings = StudySettings(
      size: 32, channels: 1, ndf: 8, shares: [1], seeds: 1, steps: 60, arms: [.real], seed: 1)
    let data = try StudyData(path: folder.file("data"), settings: settings, threads: 2)
    let study = try StudyFolder(
      path: folder.file("study"), resuming: false, settings: settings,
      dataDigest: data.summary.digest, synthetic: nil, variant: "any")
    let result = try #require(
      try StudyRunner(
        data, settings, folder: study, synthetic: nil, backend: Backend(threads: 2)
      ).run(shouldStop: { false }, onEvent: { _ in }))
    #expect(result.rows.count == 1)
    #expect(result.rows[0].auroc > 0.8, "\(result.rows[0].auroc)")
  }

  @Test func rareClassesWeighMore() {
    #expect(ClassifierTraining.weights([30, 10]) == [40.0 / 60, 2])
    #expect(ClassifierTraining.weights([5, 5, 5]) == [1, 1, 1])
  }
}
