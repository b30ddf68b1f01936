/// What a file is by its content, whatever its name: what is read, what people take for it, and what
/// downloads and copies leave in its place.
package enum FileFormat: String, CaseIterable, Sendable {
  // Images.
  case jpeg, png, webP, gif, bmp, netpbm, tiff, heic, avif, jpeg2000, jpegXL, svg
  // Medical and scientific data.
  case dicom, nifti, numpy, hdf5
  // Archives.
  case gzip, zip, sevenZip, rar, tar, bzip2, xz, zstandard
  // What is neither.
  case pdf, html, xml, gitLFSPointer, empty

  /// Whether it is an archive, to be unpacked.
  package var isArchive: Bool {
    switch self {
    case .gzip, .zip, .sevenZip, .rar, .tar, .bzip2, .xz, .zstandard: true
    default: false
    }
  }

  /// The name with its article, such as `a WebP picture`.
  package var name: String {
    switch self {
    case .jpeg: "a JPEG picture"
    case .png: "a PNG picture"
    case .webP: "a WebP picture"
    case .gif: "a GIF picture"
    case .bmp: "a BMP picture"
    case .netpbm: "a Netpbm picture"
    case .tiff: "a TIFF picture"
    case .heic: "a HEIC picture"
    case .avif: "an AVIF picture"
    case .jpeg2000: "a JPEG 2000 picture"
    case .jpegXL: "a JPEG XL picture"
    case .svg: "an SVG drawing"
    case .dicom: "a DICOM file"
    case .nifti: "a NIfTI volume"
    case .numpy: "a NumPy array"
    case .hdf5: "an HDF5 file"
    case .gzip: "a gzip archive"
    case .zip: "a zip archive"
    case .sevenZip: "a 7z archive"
    case .rar: "a RAR archive"
    case .tar: "a tar archive"
    case .bzip2: "a bzip2 archive"
    case .xz: "an xz archive"
    case .zstandard: "a Zstandard archive"
    case .pdf: "a PDF document"
    case .html: "an HTML page"
    case .xml: "an XML document"
    case .gitLFSPointer: "a Git LFS pointer, not the picture itself"
    case .empty: "an empty file"
    }
  }

  /// What to do with such a file where an image is wanted; nil for those that are read, and where the
  /// name says it all.
  package var advice: String? {
    if isRead { return nil }
    return switch self {
    case .jpeg, .png, .gif, .bmp, .netpbm, .dicom, .empty: nil
    case .tiff, .webP:
      ImageKind(self).map {
        "this build reads no \($0.name): install \($0.library ?? "") and build again"
      }
    case .heic, .avif, .jpeg2000, .jpegXL, .svg: "convert it to JPEG or PNG"
    case .nifti: "export its slices as PNG"
    case .numpy, .hdf5: "save its images as PNG"
    case .zip: "name it as the data, with the suffix .zip, or unpack it"
    case .gzip, .sevenZip, .rar, .tar, .bzip2, .xz, .zstandard: "unpack it"
    case .pdf: "save its pictures as JPEG or PNG"
    case .html, .xml: "a download may have failed"
    case .gitLFSPointer: "run 'git lfs pull'"
    }
  }

  /// Name and advice in one phrase, such as `a HEIC picture; convert it to JPEG or PNG`.
  package var words: String { name + (advice.map { "; " + $0 } ?? "") }
}
