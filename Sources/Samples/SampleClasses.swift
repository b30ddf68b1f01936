import Checkpoints
import DCGAN
import Support

/// How the classes of samples are chosen, where the networks know some: candidate i of a choice has a
/// class that depends on the choice and i alone.
public enum SampleClasses: Equatable, Sendable {
  /// Each class as often as there were images of it in training, by random numbers of a seed.
  case drawn(seed: UInt64)
  /// These labels in turn; never empty.
  case inTurn([Int])

  /// Makes the choice of the classes of these names in turn, or that of a seed where there are none.
  ///
  /// Throws `SampleClassError` where networks know no such class.
  public init(named names: [String], of classes: ModelClasses?, seed: UInt64) throws {
    let labels = try names.map { name in
      guard let label = classes?.label(of: name) else {
        throw SampleClassError(name: name, known: classes?.names)
      }
      return label
    }
    self = labels.isEmpty ? .drawn(seed: seed) : .inTurn(labels)
  }

  /// Returns the labels of some candidates; nil where the networks know no classes.
  package func labels(of candidates: some Sequence<Int>, among classes: ModelClasses?) -> [Int]? {
    classes.map { classes in
      candidates.map { candidate in
        switch self {
        case .drawn(let seed): classes.label(drawnFor: candidate, seed: seed)
        case .inTurn(let labels): labels[candidate % labels.count]
        }
      }
    }
  }
}

/// Networks know no class of a name.
public struct SampleClassError: Error, Equatable, CustomStringConvertible {
  /// The name.
  public let name: String
  /// The classes that the networks know; nil where they know none.
  public let known: [String]?

  /// Makes an error about a name; `known` are the classes that there are, nil for none.
  public init(name: String, known: [String]?) {
    (self.name, self.known) = (name, known)
  }

  /// One line with the name, the classes that there are, and what to do.
  public var description: String {
    guard let known else {
      return
        "class '\(name)': the networks know no classes; they must be trained with classes to draw one"
    }
    let near = known.firstIndex {
      $0.lowercased() == nearestName(to: name.lowercased(), among: known.map { $0.lowercased() })
    }
    return
      "class '\(name)': expected one of \(shortList(known)), the classes that the networks were "
      + "trained with" + (near.map { "; did you mean '\(known[$0])'?" } ?? "")
  }
}
