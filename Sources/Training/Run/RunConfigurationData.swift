import DCGAN
import DataSets

extension RunConfiguration {
  /// Which number about the data no run can have, in words; nil where all are in range.
  var dataProblem: String? {
    let bounds = SettingBounds.self
    let counts = 0...bounds.count.upperBound
    var numbers: [(key: String, value: Int, range: ClosedRange<Int>)] = [
      ("background", data.background ?? 0, 0...255)
    ]
    for change in data.dataChanges ?? [] {
      numbers += [
        ("data_changes.step", change.step, bounds.stepsDone),
        ("data_changes.epoch", change.epoch, 0...bounds.epochs.upperBound),
        ("data_changes.earlier_images", change.images, counts),
      ]
    }
    numbers += data.account?.numbers.map { ("account.\($0.key)", $0.value, counts) } ?? []
    numbers.append(("account.pictures.dark_bits", data.account?.pictures.darkBits ?? 1, 1...16))
    for number in numbers where !number.range.contains(number.value) {
      return "the key '\(number.key)': expected a whole number from \(number.range.lowerBound) to "
        + "\(number.range.upperBound), found \(number.value)"
    }
    for (key, share) in data.account?.shares ?? [] where !(0...1).contains(share) {
      return "the key 'account.\(key)': expected a number from 0 to 1, found \(share)"
    }
    return nil
  }
}

extension DataAccount {
  /// The whole numbers by their keys.
  fileprivate var numbers: [(key: String, value: Int)] {
    [
      ("unused", unused), ("held_out", heldOut), ("held_out_duplicates", heldOutDuplicates),
      ("pictures.reoriented", pictures.reoriented), ("pictures.transparent", pictures.transparent),
      ("pictures.enlarged", pictures.enlarged), ("pictures.grey", pictures.grey),
      ("pictures.smallest_side", pictures.smallestSide ?? 0), ("pictures.dark", pictures.dark),
      ("pictures.duplicates", pictures.duplicates),
    ] + folders.map { ("folders.images", $0.images) }
      + passedOver.map { ("passed_over.files", $0.files) }
      + (formats ?? []).map { ("formats.images", $0.images) }
      + (patients ?? []).flatMap {
        [
          ("patients.patients", $0.patients), ("patients.images", $0.images),
          ("patients.unknown", $0.unknown),
        ]
      }
  }

  /// The shares by their keys.
  fileprivate var shares: [(key: String, share: Double)] {
    [
      ("pictures.mean_cropped", pictures.meanCropped),
      ("pictures.most_cropped", pictures.mostCropped),
    ]
  }
}
