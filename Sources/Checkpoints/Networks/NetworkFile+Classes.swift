import DCGAN
import Support

/// The classes that the network of a file knows.
extension NetworkFile {
  /// How many there are; 0 for none, and where the tensors are those of no network.
  private var classCount: Int { (try? kind.classes(of: tensors))?.count ?? 0 }

  /// Their names; nil where there are none, or only their number is known, as of a file that PyTorch
  /// wrote.
  var classNames: [String]? {
    guard let recorded = ModelClasses(strings: tensors.metadata), recorded.count == classCount
    else {
      return nil
    }
    return recorded.names
  }

  /// Number and names in words.
  var classesInWords: String { Self.words(classCount, classNames) }

  private static func words(_ count: Int, _ names: [String]?) -> String {
    count == 0 ? "no classes" : "\(count) classes" + (names.map { " (\(shortList($0)))" } ?? "")
  }

  /// Returns whether two networks know the same classes, as far as their names are known.
  static func agree(_ first: NetworkFile, _ second: NetworkFile) -> Bool {
    guard first.classCount == second.classCount else { return false }
    guard let names = first.classNames, let others = second.classNames else { return true }
    return names == others
  }

  /// Throws `NetworkFileProblems` where this is a network of other classes than those of `settings`, as
  /// far as their names are known; what is no network at all is left to other checks.
  func checkClasses(_ settings: ModelSettings) throws(NetworkFileProblems) {
    guard kind.settings(of: tensors, others: settings) != nil else { return }
    let expected = settings.classes
    let isOfThem =
      classCount == expected?.count ?? 0 && (classNames ?? expected?.names) == expected?.names
    guard !isOfThem else { return }
    let problem =
      "expected a \(kind.rawValue) of \(Self.words(expected?.count ?? 0, expected?.names)), as the "
      + "run has, found one of \(classesInWords)"
    let advice: Message =
      switch (expected == nil, classCount == 0) {
      case (true, _): "train with \(.conditional) on images of its classes, or name another file"
      case (_, true): "train without \(.conditional), or name another file"
      case (false, false): "train on images of its classes, or name another file"
      }
    throw NetworkFileProblems(kind: kind, problems: [problem], advice: advice)
  }
}
