import DCGAN
import DCGANCommand
import DataSets
import Foundation
import Testing
import Training

@Suite struct DataAccountTextTests {
  /// Makes the text of an account as a run's folder keeps it, with these members in it.
  private func text(
    pictures: [String: Int] = [:], cropped: (mean: Double, most: Double) = (0, 0),
    rest: [String: any Sendable] = [:], images: Int = 100, channels: Int = 3
  ) throws -> DataAccountText {
    var tally: [String: any Sendable] = [
      "reoriented": 0, "transparent": 0, "enlarged": 0, "grey": 0, "dark": 0, "duplicates": 0,
      "mean_cropped": cropped.mean, "most_cropped": cropped.most,
    ]
    tally.merge(pictures) { $1 }
    let folders: [[String: any Sendable]] = [["folder": "Train/A", "images": images]]
    var account: [String: any Sendable] = [
      "folders": folders, "split_reason": "named", "split_folders": ["Train"], "unused": 0,
      "held_out": 0, "held_out_folders": [String](), "held_out_duplicates": 0,
      "passed_over": [String](), "pictures": tally,
    ]
    account.merge(rest) { $1 }
    let data = try JSONSerialization.data(withJSONObject: account)
    return DataAccountText(
      try JSONDecoder().decode(DataAccount.self, from: data),
      RunConfiguration(
        data: RunData(dataPath: "./data", split: "train", dataDigest: "d", images: images),
        model: ModelSettings(channels: channels), training: RunTraining(seed: 1),
        program: RunProgram(variant: "avx2", threads: 1)))
  }

  @Test func aPlainFolderHasNothingThatSurprises() throws {
    let text = try text(pictures: ["grey": 99], cropped: (0.1, 0.5))
    #expect(text.notes.isEmpty && text.warnings.isEmpty)
    #expect(
      text.lines == [
        "data: 100 images in ./data (split train: Train)", "  Train/A  100",
        "held out: none; scores are calibrated on training images",
      ])
  }

  @Test func severalFormatsAreCounted() throws {
    let formats: [[String: any Sendable]] = [
      ["format": "JPEG", "images": 1_900], ["format": "TIFF", "images": 2],
    ]
    let text = try text(rest: ["formats": formats], images: 1_902)
    #expect(text.lines[2] == "formats: 1,900 JPEG, 2 TIFF")
  }

  @Test(
    arguments: [
      (["duplicates": 2], "2 images identical to another"),
      (["duplicates": 50], "50 images identical to another: is a folder there twice?"),
      (["reoriented": 1], "1 image rotated as the files' EXIF orientation says"),
      (
        ["transparent": 3],
        "3 images with transparent parts, shown on black; --background sets another"
      ),
      (
        ["enlarged": 7, "smallest_side": 37],
        "7 images smaller than 128 pixels (the smallest 37) and enlarged"
      ),
      (
        ["grey": 100],
        "all images are grey: --channels 1 trains faster and draws images without a tint"
      ),
    ] as [([String: Int], String)])
  func whatSurprisesIsNoted(pictures: [String: Int], note: String) throws {
    #expect(try text(pictures: pictures).notes == [note])
  }

  @Test func aCropOfMoreThanATenthIsNoted() throws {
    #expect(
      try text(cropped: (0.26, 0.623)).notes == [
        "cropping to the centre removes 26 % of a picture on average, 62 % at most; --fit pad "
          + "or --fit stretch keeps all of it"
      ])
  }

  @Test func greyNetworksNeedNoNoteOfGreyImages() throws {
    #expect(try text(pictures: ["grey": 100], channels: 1).notes.isEmpty)
  }

  @Test(
    arguments: [
      (
        ["dark": 5, "dark_bits": 12],
        "5 16-bit images use only the lowest 12 bits and look nearly black: give --window 2048,4096 "
          + "to show these bits from black to white, or --window minmax to show each picture from its "
          + "darkest to its brightest level"
      ),
      (
        ["dark": 1, "dark_bits": 8],
        "1 16-bit image uses only the lowest 8 bits and looks nearly black: give --window 128,256 "
          + "to show these bits from black to white, or --window minmax to show each picture from its "
          + "darkest to its brightest level"
      ),
    ] as [([String: Int], String)])
  func darkImagesAreAWarning(pictures: [String: Int], warning: String) throws {
    #expect(try text(pictures: pictures).warnings == [warning])
  }

  @Test func whatIsHeldOutInNameAloneIsAWarning() throws {
    #expect(
      try text(rest: ["held_out_duplicates": 2]).warnings == [
        "2 held-out images are also training images and left out of the calibration"
      ])
  }

  @Test func patientsThatMayBeInTwoPartsAreAWarning() throws {
    let patients: [[String: any Sendable]] = [
      ["part": "train", "patients": 7, "images": 20, "unknown": 2, "apart": 3],
      ["part": "test", "patients": 2, "images": 5, "unknown": 0],
    ]
    let text = try text(rest: ["patients": patients])
    #expect(
      text.patients
        == "7 with 20 images in train, 2 with 5 images in test; 2 images of unknown patients, each "
        + "counted as one")
    #expect(
      text.warnings == [
        "3 images have no Patient ID and nothing in common with a file that has one: if they show the "
          + "same patients, those may be in two parts; put all images of a patient into a folder of "
          + "their own"
      ])
  }

  @Test func longListsAreCutShort() throws {
    let folders = (1...25).map { ["folder": "f\($0)", "images": 4] as [String: any Sendable] }
    let kinds: [[String: any Sendable]] = [
      ["kind": "TIFF picture", "files": 2, "by_product": false]
    ]
    let text = try text(
      rest: [
        "folders": folders, "passed_over": kinds, "held_out": 9, "held_out_folders": ["Valid"],
        "unused": 1200,
      ])
    #expect(text.lines.count == 24)
    #expect(text.lines[0].hasSuffix("(split train: Train); 1,200 others not trained on"))
    #expect(text.lines[21] == "  and 5 folders more")
    #expect(text.lines[22] == "held out: 9 images of Valid, to calibrate scores on")
    #expect(text.lines[23] == "ignored: 2 TIFF pictures")
  }
}
