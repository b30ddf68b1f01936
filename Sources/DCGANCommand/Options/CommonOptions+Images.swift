import Arguments
import DataSets
import Imaging

/// How image files become images.
extension CommonOptions {
  /// Divides patients.
  package static let splitByPatient = Option<PatientShares>(
    read: { PatientShares($0) },
    describe: { _ in
      OptionSpecification(
        name: "split-by-patient", placeholder: "SHARES", expectation: PatientShares.expectation,
        example: "0.8,0.1,0.1", defaultText: "not divided",
        help:
          "divide a folder that has no such parts into train, val and test, of these shares of the "
          + "images, so that no patient is in two: by the Patient ID of DICOM files, otherwise by names "
          + "such as patient0012 or person12_scan.jpeg",
        completion: .nothing)
    })

  /// Sets what is black and what is white, as the file says where it is not given.
  package static let window = window(defaultText: "what the file says, otherwise the full range")

  /// The frames that are used, the middle one where it is not given.
  package static let frames = frames(defaultText: "middle")

  /// Uses files with burned-in data.
  package static let allowsBurnedIn = Flag(
    "allow-burned-in",
    help: "use DICOM files that say that a patient's data are written in the picture; without "
      + "this option they are skipped")

  /// Declares `--window` with another default.
  static func window(defaultText: String) -> Option<IntensityWindow> {
    Option(
      read: { IntensityWindow($0) },
      describe: { _ in
        OptionSpecification(
          name: "window", placeholder: "WINDOW", expectation: IntensityWindow.expectation,
          example: "minmax", defaultText: defaultText,
          help: "which grey samples of 16 bits to show from black to white: C,W for the W levels "
            + "around C, or minmax for those that occur in each picture",
          completion: .words(["minmax"]))
      })
  }

  /// Declares `--frames` with another default.
  static func frames(defaultText: String) -> Option<FrameChoice> {
    .name(
      "frames", defaultText: defaultText, example: .all,
      help:
        "which frames of a DICOM file that holds several to use: the middle one, the first, or "
        + "all, each as an image of its own")
  }
}
