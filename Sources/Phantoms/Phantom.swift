import Imaging
import Support
import Tensor

/// A class of the practice data set, named as the folders of the real one are.
public enum PhantomKind: String, CaseIterable, Sendable {
  /// A chest with clear lungs.
  case normal = "NORMAL"
  /// A chest with patches, a filled lobe or a haze in its lungs.
  case pneumonia = "PNEUMONIA"
}

/// Draws chest phantoms: pictures made of a few dozen curves that look like radiographs at a
/// glance, for trying the program out where no radiographs are at hand.
///
/// No image holds anything of a person. Drawings show nothing of what a real data set can teach.
public enum Phantom {
  /// Draws image `index` of `seed`, about 256 × 224 pixels in one channel.
  ///
  /// The picture depends on `seed`, `index` and `kind` alone. The two kinds of one index are twins:
  /// the same chest and the same grain, with or without opacities in its lungs.
  ///
  /// - Precondition: `index` ≥ 0.
  public static func draw(seed: UInt64, index: Int, kind: PhantomKind) -> PixelImage {
    require(index >= 0, "phantom \(index) of a set; they count from 0")
    func stream(_ use: PhantomUse) -> RandomStream {
      RandomStream(
        seed: seed, stream: UInt64(index) * UInt64(PhantomUse.allCases.count) + use.rawValue)
    }
    var dice = PhantomDice(stream(.anatomy))
    let anatomy = PhantomAnatomy(drawnWith: &dice)
    let film = PhantomFilm(drawnWith: &dice)
    var layers = PhantomLayers(anatomy, dice: &dice, texture: stream(.texture))
    if kind == .pneumonia {
      var opacityDice = PhantomDice(stream(.opacity))
      layers.addOpacities(of: anatomy, dice: &opacityDice, texture: stream(.opacityTexture))
    }
    return film.develop(layers.attenuation(of: anatomy), grain: stream(.grain))
  }
}

/// Separates the random numbers of one image by what they are for, so that one more rib does not
/// change the grain.
enum PhantomUse: UInt64, CaseIterable {
  case anatomy, texture, opacity, opacityTexture, grain
}

/// Hands out the numbers of a stream one after the other.
struct PhantomDice {
  private let stream: RandomStream
  private var next: UInt64 = 0

  init(_ stream: RandomStream) { self.stream = stream }

  /// Returns a number spread evenly over `range`.
  mutating func number(_ range: ClosedRange<Float>) -> Float {
    defer { next += 1 }
    let share = Float(stream.uniform(at: next))
    return range.lowerBound + share * (range.upperBound - range.lowerBound)
  }

  /// Returns an integer of `range`, each as likely.
  mutating func integer(_ range: ClosedRange<Int>) -> Int {
    defer { next += 1 }
    return range.lowerBound + stream.integer(below: range.count, at: next)
  }

  /// Returns true with probability `share`.
  mutating func chance(_ share: Float) -> Bool { number(0...1) < share }
}
