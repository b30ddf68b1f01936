import Checkpoints
import DCGAN
import Support
import Tensor

/// Where latents come from: a seed, the arc between the first of two seeds, or a file.
public struct LatentSource {
  /// The length of a latent.
  public let nz: Int
  /// How many there are; nil where a seed gives any number.
  public let count: Int?
  private let make: (_ first: Int, _ count: Int) -> Tensor

  /// Draws latents of a seed: latent i depends on the seed and i, and the bound, alone.
  ///
  /// - Parameter truncation: Numbers of a larger size than this are drawn again, as
  ///   `Tensor(truncatedLatents:nz:seed:first:bound:)` has it; nil for none.
  public init(seed: UInt64, nz: Int, truncation: Float? = nil) {
    self.nz = nz
    count = nil
    let random = RandomUse.sampleLatents.stream(seed: seed)
    make = { first, count in
      guard let truncation else {
        return Tensor(latents: count, nz: nz, from: random, first: first)
      }
      return Tensor(
        truncatedLatents: count, nz: nz, seed: seed, first: first, bound: truncation)
    }
  }

  /// Spreads `steps` latents evenly over the arc from the first latent of one seed to that of another,
  /// both included; traps below two.
  ///
  /// - Parameter truncation: As above, for both ends.
  public init(from: UInt64, to: UInt64, steps: Int, nz: Int, truncation: Float? = nil) {
    require(steps >= 2, "\(steps) steps lead nowhere")
    self.nz = nz
    count = steps
    let ends = [from, to].map {
      LatentSource(seed: $0, nz: nz, truncation: truncation).batch(first: 0, count: 1).values
    }
    make = { first, count in
      let values = (first..<first + count).flatMap {
        SphericalInterpolation.point(
          from: ends[0], to: ends[1], at: Double($0) / Double(steps - 1))
      }
      return Tensor(values, shape: Shape(count, 1, 1, nz))
    }
  }

  /// Reads latents from a safetensors file that holds one tensor, `latents`, of shape `[N, nz]`.
  ///
  /// Throws `LatentError` where that tensor is missing, is not alone, has another shape or holds a
  /// number that is not finite, and what reading a safetensors file throws.
  public init(contentsOf path: String, nz: Int) throws {
    let file = try SafeTensors(contentsOf: path)
    guard let entry = file["latents"], file.entries.count == 1, file.counters.isEmpty else {
      let names = (file.entries.map(\.name) + file.counters.map(\.name)).prefix(5).joined(
        separator: ", ")
      throw LatentError(
        path: path, expected: "one tensor 'latents' [N, \(nz)]",
        found: names.isEmpty ? "no tensor" : names)
    }
    guard entry.shape.count == 2, entry.shape[0] > 0, entry.shape[1] == nz else {
      throw LatentError(
        path: path, expected: "'latents' of the shape [N, \(nz)], N at least 1",
        found: "\(entry.shape)")
    }
    if let index = entry.values.firstIndex(where: { !$0.isFinite }) {
      throw LatentError(
        path: path, expected: "finite numbers",
        found: "\(entry.values[index]) in latent \(index / nz)")
    }
    self.nz = nz
    count = entry.shape[0]
    make = { first, count in
      Tensor(
        Array(entry.values[first * nz..<(first + count) * nz]), shape: Shape(count, 1, 1, nz))
    }
  }

  /// Returns latents `[count, 1, 1, nz]` from number `first` on; traps where there are too few.
  package func batch(first: Int, count: Int) -> Tensor {
    require(
      first + count <= self.count ?? .max,
      "latents \(first) to \(first + count) of \(self.count ?? 0)")
    return make(first, count)
  }

  /// Returns the latents of these numbers, `[n, 1, 1, nz]`; traps where one is beyond their count.
  package func batch(of numbers: ArraySlice<Int>) -> Tensor {
    Tensor(
      numbers.flatMap { batch(first: $0, count: 1).values }, shape: Shape(numbers.count, 1, 1, nz))
  }
}

/// A file of latents cannot be used.
public struct LatentError: Error, Equatable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// What it should hold.
  public let expected: String
  /// What it holds.
  public let found: String

  /// One line with the file, what was expected and what was found.
  public var description: String { "\(path): expected \(expected), found \(found)" }
}
