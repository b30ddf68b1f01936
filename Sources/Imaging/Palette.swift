/// At most 256 colours for a set of images, and the colour that stands for each of theirs.
///
/// Grey images get all 256 levels. Colour images with no more than 256 colours keep them; others
/// get the means of the boxes that median cut (Heckbert 1982) makes of their colours, told apart by
/// their upper six bits.
struct Palette {
  /// 256 colours, unused ones black.
  private(set) var colours: [RGB] = []
  private let lookup: Lookup

  /// A colour of three bytes.
  struct RGB: Equatable {
    var red: UInt8
    var green: UInt8
    var blue: UInt8
  }

  private enum Lookup {
    case grey
    case exact([UInt32: UInt8])
    case cells([UInt8])
  }

  /// Chooses the colours for `images`.
  init(for images: [PixelImage]) {
    if images.allSatisfy({ $0.channels == 1 }) {
      colours = (0...255).map { RGB(red: $0, green: $0, blue: $0) }
      lookup = .grey
      return
    }
    if let few = Self.fewColours(images) {
      colours = few.map {
        RGB(
          red: UInt8(truncatingIfNeeded: $0 >> 16), green: UInt8(truncatingIfNeeded: $0 >> 8),
          blue: UInt8(truncatingIfNeeded: $0))
      }
      lookup = .exact(
        Dictionary(uniqueKeysWithValues: few.enumerated().map { ($1, UInt8($0)) }))
    } else {
      let boxes = MedianCut(images, cellOf: Self.cell).boxes(atMost: 256)
      colours = boxes.map(\.mean)
      var cells = [UInt8](repeating: 0, count: 1 << 18)
      for (index, box) in boxes.enumerated() {
        for colour in box.colours { cells[colour.cell] = UInt8(index) }
      }
      lookup = .cells(cells)
    }
    colours += repeatElement(RGB(red: 0, green: 0, blue: 0), count: 256 - colours.count)
  }

  /// Returns the place in `colours` of every pixel of `image`, which is one of those that the
  /// palette was made for.
  func indices(of image: PixelImage) -> [UInt8] {
    switch lookup {
    case .grey: image.pixels
    case .exact(let places): Self.packed(image).map { places[$0] ?? 0 }
    case .cells(let cells): Self.packed(image).map { cells[Self.cell($0)] }
    }
  }

  /// Returns every pixel as red, green and blue in the low three bytes.
  static func packed(_ image: PixelImage) -> [UInt32] {
    let pixels = image.rgb().pixels
    return (0..<image.width * image.height).map {
      UInt32(pixels[3 * $0]) << 16 | UInt32(pixels[3 * $0 + 1]) << 8 | UInt32(pixels[3 * $0 + 2])
    }
  }

  /// Returns the upper six bits of the three bytes of a packed colour as one number.
  private static func cell(_ colour: UInt32) -> Int {
    Int(colour >> 18 & 63) << 12 | Int(colour >> 10 & 63) << 6 | Int(colour >> 2 & 63)
  }

  private static func fewColours(_ images: [PixelImage]) -> [UInt32]? {
    var seen: Set<UInt32> = []
    for image in images {
      for colour in packed(image) where seen.insert(colour).inserted {
        if seen.count > 256 { return nil }
      }
    }
    return seen.sorted()
  }
}
