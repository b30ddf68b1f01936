/// Makes inputs from others, the same ones for the same seed: SplitMix64 (Steele, Lea and Flood,
/// "Fast Splittable Pseudorandom Number Generators", 2014) decides.
public struct Mutator: RandomNumberGenerator {
  private var state: UInt64
  private let seeds: [[UInt8]]

  /// Makes a mutator of whole inputs, of which there is at least one.
  public init(seeds: [[UInt8]], seed: UInt64) {
    precondition(!seeds.isEmpty, "there is nothing to mutate")
    self.seeds = seeds
    state = seed
  }

  /// Returns 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Returns one of the inputs with one to four changes.
  public mutating func input() -> [UInt8] {
    var bytes = anySeed()
    for _ in 0...Int.random(in: 0..<4, using: &self) { change(&bytes) }
    return bytes
  }

  private mutating func anySeed() -> [UInt8] {
    seeds[Int.random(in: seeds.indices, using: &self)]
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else {
      bytes = anySeed()
      return
    }
    let place = Int.random(in: bytes.indices, using: &self)
    let part = anyPart(of: bytes)
    switch UInt8.random(in: 0..<8, using: &self) {
    case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &self)
    case 1: bytes[place] = UInt8.random(in: .min ... .max, using: &self)
    case 2:
      bytes[place] = [0, 1, 9, 10, 32, 34, 45, 57, 61, 127, 128, 255].randomElement(using: &self)!
    case 3: bytes.removeSubrange(part)
    case 4: bytes.insert(contentsOf: bytes[part], at: place)
    case 5: bytes.removeSubrange(place...)
    case 6:
      let other = anySeed()
      bytes.replaceSubrange(part, with: other[anyPart(of: other)])
    default:
      let number = UInt64.random(in: .min ... .max, using: &self)
      let digits = "\(number >> UInt64.random(in: 0..<64, using: &self))"
      bytes.insert(contentsOf: digits.utf8, at: place)
    }
  }

  /// Returns a stretch of up to 64 bytes.
  private mutating func anyPart(of bytes: [UInt8]) -> Range<Int> {
    let start = Int.random(in: 0...bytes.count, using: &self)
    return start..<min(bytes.count, start + Int.random(in: 0...64, using: &self))
  }
}
