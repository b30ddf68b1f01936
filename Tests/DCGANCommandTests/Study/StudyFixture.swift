import Foundation
import Imaging
import Study

/// A study of invented figures.
struct StudyFixture {
  var classes = ["NORMAL", "PNEUMONIA"]
  var shares = [0.03, 0.3]
  var arms: [StudyArm] = [.real, .synthetic]
  var ratios = [1.0]
  var verdicts = ["With 100 real images (share 0.03), no difference was shown."]
  var warnings: [String] = []
  /// The areas under the curve of the trainings of an arm at a share.
  var areas: [(share: Double, arm: StudyArm, ratio: Double, values: [Double])] = [
    (0.03, .real, 0, [0.82, 0.84]), (0.03, .synthetic, 1, [0.86, 0.9]),
    (0.3, .real, 0, [0.9, 0.9]), (0.3, .synthetic, 1, [0.88, 0.92]),
  ]
  /// The comparisons' shares, arms, differences and corrected p-values.
  var comparisons: [(share: Double, arm: StudyArm, difference: Double, pHolm: Double)] = [
    (0.03, .synthetic, 0.05, 0.01), (0.3, .synthetic, -0.002, 0.9),
  ]

  /// The study, as `study.json` would give it.
  func result() throws -> StudyResult {
    let json: [String: Any] = [
      "rows": rows, "comparisons": compared, "verdict": verdicts.joined(separator: " "),
      "verdicts": verdicts, "warnings": warnings, "version": "9.8.7",
      "shareImages": shares.map { Int($0 * 10000 / 3) }, "data": data,
      "settings": try JSONSerialization.jsonObject(with: JSONEncoder().encode(settings)),
    ]
    return try JSONDecoder().decode(
      StudyResult.self, from: JSONSerialization.data(withJSONObject: json))
  }

  private var settings: StudySettings {
    StudySettings(shares: shares, seeds: 2, steps: 1200, ratios: ratios, arms: arms, seed: .max)
  }

  private var rows: [[String: Any]] {
    areas.flatMap { share, arm, ratio, values in
      values.enumerated().map { seed, area in
        [
          "arm": arm.rawValue, "share": share, "ratio": ratio, "seed": seed, "auroc": area,
          "aurocLow": area - 0.0625, "aurocHigh": area + 0.0625, "auprc": 0.5 + Double(seed) / 4,
          "balancedAccuracy": 0.7, "sensitivity": 0.8, "specificity": 0.6, "brier": 0.125,
          "threshold": 0.375, "images": 2100, "syntheticImages": arm.usesSynthetic ? 1050 : 0,
          "mayHaveSeenMore": false,
        ]
      }
    }
  }

  private var compared: [[String: Any]] {
    comparisons.map { share, arm, difference, pHolm in
      [
        "share": share, "arm": arm.rawValue, "ratio": 1, "control": "real",
        "difference": difference, "low": difference - 0.01, "high": difference + 0.01,
        "p": pHolm / 2, "pHolm": pHolm,
      ]
    }
  }

  private var data: [String: Any] {
    var data: [String: Any] = [
      "classes": classes, "digest": "feed", "trainingImages": 5216, "trainingPatients": 2846,
      "validationImages": 782, "validationPatients": 415, "testImages": 624, "testPatients": 427,
      "testImagesByClass": Array(repeating: 234, count: classes.count),
    ]
    if classes.count == 2 { data["positive"] = classes[1] }
    return data
  }

  /// Images of noise for every class and share, so many of each kind.
  func examples(
    side: Int, channels: Int = 1, count: Int = 8, hasSynthetic: Bool = true
  ) -> [StudyExamples] {
    var state: UInt64 = 7
    let pixels = (0..<side * side * channels).map { _ -> UInt8 in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(state >> 56)
    }
    let image = PixelImage(width: side, height: side, channels: channels, pixels: pixels)
    let images = Array(repeating: image, count: count)
    return shares.map { share in
      StudyExamples(
        share: share,
        classes: classes.map { ($0, images, hasSynthetic ? images : []) })
    }
  }
}
