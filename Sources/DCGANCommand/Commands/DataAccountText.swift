import DataSets
import Imaging
import Support
import Training

/// What was found in a data folder, before it is trained on.
package struct DataAccountText {
  private let account: DataAccount
  private let settings: RunConfiguration
  /// The folders that are listed at most.
  private static let listedFolders = 20
  /// The share of a picture beyond which it is said what a crop removes.
  private static let noticedCrop = 0.1

  /// Arranges the account of a run that has one.
  package init(_ account: DataAccount, _ settings: RunConfiguration) {
    (self.account, self.settings) = (account, settings)
  }

  /// The whole account but for what surprises, in lines.
  package var lines: [String] {
    let shown = account.folders.prefix(Self.listedFolders).map {
      (name: printable($0.folder), value: Formatting.grouped($0.images))
    }
    let more = account.folders.count - shown.count
    var lines = ["data: \(used)"]
    lines += Formatting.table(shown).split(separator: "\n").map { String($0) }
    if more > 0 { lines.append("  and \(Formatting.counted(more, "folder")) more") }
    if let formats { lines.append("formats: \(formats)") }
    if let patients { lines.append("patients: \(patients)") }
    lines.append("held out: \(heldOut)")
    if let passedOver { lines.append("ignored: \(passedOver)") }
    return lines
  }

  /// How many images are used, and of which part.
  var used: String {
    let unused =
      account.unused == 0
      ? "" : "; \(Formatting.counted(account.unused, "other")) not trained on"
    return "\(Formatting.counted(settings.images, "image")) in \(printable(settings.dataPath)) "
      + "(\(split))\(unused)"
  }

  /// The part of the data that is used, and why.
  var split: String {
    let folders = printable(account.splitFolders.prefix(3).joined(separator: ", "))
    let named = folders.isEmpty ? "" : ": \(folders)"
    return switch account.splitReason {
    case "named": "split \(settings.split)\(named)"
    case "rest": "split \(settings.split): everything except the folders for validation and testing"
    case "patients": "split \(settings.split), by patient"
    case "undivided": "all: no folder is named as a training set"
    default: "split \(settings.split), as asked\(named)"
    }
  }

  /// How many images have which format; nil where all have one.
  var formats: String? {
    account.formats.map { formats in
      formats.map { "\(Formatting.grouped($0.images)) \($0.format)" }.joined(separator: ", ")
    }
  }

  /// How many patients each part has that they were divided into; nil where they were not.
  package var patients: String? {
    guard let counts = account.patients else { return nil }
    let parts = counts.map { count in
      "\(Formatting.grouped(count.patients)) with \(Formatting.counted(count.images, "image")) in "
        + printable(count.part)
    }
    let unknown = counts.reduce(0) { $0 + $1.unknown }
    let note =
      unknown == 0
      ? "" : "; \(Formatting.counted(unknown, "image")) of unknown patients, each counted as one"
    return parts.joined(separator: ", ") + note
  }

  /// Which images training leaves out.
  var heldOut: String {
    guard account.heldOut > 0 else {
      let copies = account.heldOutDuplicates
      let reason =
        copies == 0
        ? "none"
        : "none that are not also training images (\(Formatting.counted(copies, "duplicate")))"
      return "\(reason); scores are calibrated on training images"
    }
    let source =
      account.heldOutFolders.isEmpty
      ? "other patients" : account.heldOutFolders.prefix(4).joined(separator: ", ")
    return "\(Formatting.counted(account.heldOut, "image")) of \(printable(source))"
      + ", to calibrate scores on"
  }

  /// What else lies in the folder, by kind; nil for nothing.
  var passedOver: String? {
    guard !account.passedOver.isEmpty else { return nil }
    return account.passedOver.map { Formatting.counted($0.files, $0.kind) }.joined(separator: ", ")
  }

  /// What surprises people but is as it should be.
  package var notes: [String] {
    let pictures = account.pictures
    var notes: [String] = []
    func note(_ count: Int, _ text: (String) -> String) {
      if count > 0 { notes.append(text(Formatting.counted(count, "image"))) }
    }
    let isDoubled = 3 * pictures.duplicates >= settings.images
    note(pictures.duplicates) {
      "\($0) identical to another\(isDoubled ? ": is a folder there twice?" : "")"
    }
    note(pictures.reoriented) { "\($0) rotated as the files' EXIF orientation says" }
    note(pictures.transparent) {
      "\($0) with transparent parts, shown on \(background); --background sets another"
    }
    note(pictures.enlarged) {
      "\($0) smaller than \(settings.size) pixels (the smallest \(pictures.smallestSide ?? 0)) "
        + "and enlarged"
    }
    note(pictures.frames ?? 0) { frames($0) }
    if pictures.grey == settings.images && settings.channels == 3 {
      notes.append(
        "all images are grey: --channels 1 trains faster and draws images without a tint")
    }
    if settings.reading.fit == .crop && pictures.meanCropped > Self.noticedCrop {
      notes.append(
        "cropping to the centre removes \(Self.percent(pictures.meanCropped)) of a picture on "
          + "average, \(Self.percent(pictures.mostCropped)) at most; --fit pad or --fit stretch "
          + "keeps all of it")
    }
    return notes
  }

  /// What is probably a mistake.
  package var warnings: [String] {
    var warnings: [String] = []
    if account.heldOutDuplicates > 0 {
      let images = Formatting.counted(account.heldOutDuplicates, "held-out image")
      warnings.append(
        "\(images) \(account.heldOutDuplicates == 1 ? "is also a training image" : "are also training images") "
          + "and left out of the calibration")
    }
    let apart = (account.patients ?? []).reduce(0) { $0 + ($1.apart ?? 0) }
    if apart > 0 {
      warnings.append(
        "\(Formatting.counted(apart, "image")) \(apart == 1 ? "has" : "have") no Patient ID and nothing in common "
          + "with a file that has one: if \(apart == 1 ? "it shows" : "they show") the same patients, those may be in two "
          + "parts; put all images of a patient into a folder of their own")
    }
    let pictures = account.pictures
    if pictures.dark > 0, let bits = pictures.darkBits {
      warnings.append(
        "\(Formatting.counted(pictures.dark, "16-bit image")) "
          + "\(pictures.dark == 1 ? "uses" : "use") only the lowest \(bits) bits and "
          + "\(pictures.dark == 1 ? "looks" : "look") nearly black: "
          + Self.remedy(bits: bits))
    }
    return warnings
  }

  /// What to do about dark images of so many bits.
  private static func remedy(bits: Int) -> String {
    let window = IntensityWindow.range(center: Double(1 << bits) / 2, width: Double(1 << bits))
    let message: Message =
      "give \(.window, window) to show \(bits == 1 ? "this bit" : "these bits") from black to white, or "
      + "\(.window, IntensityWindow.minMax) to show each picture from its darkest to its brightest level"
    return message.text
  }

  /// Which of the frames of a file the counted images are.
  private func frames(_ images: String) -> String {
    switch settings.reading.frames {
    case .middle: "\(images) of a file with several frames, the one in the middle; --frames chooses"
    case .first: "\(images) of a file with several frames, the first"
    case .all: "\(images) that share a file with others"
    }
  }

  private var background: String {
    let level = settings.reading.background
    return level == 0 ? "black" : level == 255 ? "white" : "grey level \(level)"
  }

  /// Writes a share in whole percent.
  static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
