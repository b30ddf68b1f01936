import Files

extension ImageDataSet {
  /// A sum over the paths and the pixels of all images, by which two processes find out whether they have
  /// the same. Of a cache it takes the sums that are recorded there.
  package var checksum: UInt32 {
    var sum = Checksum()
    for path in paths { Array(path.utf8).withUnsafeBytes { sum.add($0) } }
    for index in 0..<count {
      withUnsafeBytes(of: images.checksum(at: index).littleEndian) { sum.add($0) }
    }
    return sum.value
  }
}
