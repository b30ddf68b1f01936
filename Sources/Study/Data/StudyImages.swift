import Imaging
import Tensor

/// Images with the class and the patient of each.
package struct StudyImages: Sendable {
  /// The images as the networks see them.
  package var images: [PixelImage] = []
  /// The class of each.
  package var labels: [Int] = []
  /// The number of each image's patient; images of one patient have the same.
  package var patients: [Int] = []

  /// The number of images.
  package var count: Int { images.count }

  /// Returns the images at some places.
  func keeping(_ places: [Int]) -> StudyImages {
    StudyImages(
      images: places.map { images[$0] }, labels: places.map { labels[$0] },
      patients: places.map { patients[$0] })
  }

  /// Returns how many images there are of each of so many classes.
  package func counts(_ classes: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: classes)
    for label in labels { counts[label] += 1 }
    return counts
  }

  /// The number of patients.
  package var patientCount: Int { Set(patients).count }
}
