import Foundation

/// Which numbers become black and which white, as a DICOM file says: PS3.3 C.11.2.
enum DICOMWindow: Equatable, Sendable {
  /// The window of `IntensityWindow.range`, which the standard calls linear.
  case linear(center: Double, width: Double)
  /// A window whose ends are `width` apart.
  case exact(center: Double, width: Double)
  /// A curve that is steepest in the centre and has no ends.
  case sigmoid(center: Double, width: Double)
  /// What a table says.
  case table(DICOMTable)
  /// Two numbers, the first of which becomes black and the second white.
  case range(Double, Double)

  /// Reads the first table or else the first window of a data set; nil where there is neither, or where
  /// the window has no width. Throws `DICOMProblem` where a table is damaged.
  init?(_ dataSet: DICOMDataSet, isSigned: Bool) throws(DICOMProblem) {
    if let table = try dataSet.item(of: .windowTable) {
      self = .table(try DICOMTable(table, isSigned: isSigned))
      return
    }
    guard let center = dataSet.decimal(.windowCenter), let width = dataSet.decimal(.windowWidth)
    else { return nil }
    switch dataSet.text(.windowFunction) {
    case "LINEAR_EXACT" where width > 0: self = .exact(center: center, width: width)
    case "SIGMOID" where width > 0: self = .sigmoid(center: center, width: width)
    case _ where width >= 1: self = .linear(center: center, width: width)
    default: return nil
    }
  }

  /// Returns the grey level of a number, rounded.
  func level(of number: Double) -> UInt8 {
    switch self {
    case .linear(let center, let width):
      IntensityWindow.level(of: number, center: center, width: width)
    case .exact(let center, let width): Self.level((number - center) / width + 0.5)
    case .sigmoid(let center, let width):
      Self.level(1 / (1 + exp(-4 * (number - center) / width)))
    case .table(let table):
      Self.level(Double(table[Self.whole(number)]) / Double(table.largest))
    case .range(let black, let white):
      Self.level(white > black ? (number - black) / (white - black) : 0)
    }
  }

  /// Rounds a share of white.
  private static func level(_ share: Double) -> UInt8 {
    UInt8((255 * min(1, max(0, share))).rounded())
  }

  /// Rounds a number, which may be larger than any that a table is for.
  private static func whole(_ number: Double) -> Int {
    Int(min(1e9, max(-1e9, number)).rounded())
  }
}
