/// Which frames of a file that holds several, as DICOM files may, are used as images.
public enum FrameChoice: String, CaseIterable, Codable, Sendable {
  /// The one in the middle, which of a volume shows most.
  case middle
  /// The first one.
  case first
  /// Every one, as an image of its own; where only one image of a file is wanted, the one in the middle.
  case all

  /// Returns the frame, counted from 0, that stands for a file of `count` of them.
  func frame(of count: Int) -> Int {
    switch self {
    case .middle, .all: count / 2
    case .first: 0
    }
  }
}
