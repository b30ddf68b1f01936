import Files
import Support
import Tensor

/// What ranks decide together. A process that is alone decides for itself, and all of this costs it nothing.
///
/// All ranks call these at the same place of their work, and no body may gather where another's may have
/// thrown.
extension Backend {
  /// Whether this process is rank 0, which alone writes a run's folder, or trains alone.
  public var isFirstRank: Bool { ranks.map { $0.rank == 0 } ?? true }

  /// Runs the body on every rank and returns what this one's returned.
  ///
  /// Where it throws on one rank, it fails on all: the first such rank throws its own error, and the others
  /// throw `OtherRankFailed`, so that what all of them find is said once.
  package func together<Value>(_ body: () throws -> Value) throws -> Value {
    guard ranks != nil else { return try body() }
    var value: Value?
    _ = try onAnyRank {
      value = try body()
      return false
    }
    return requireValue(value, "a body that neither returned nor threw")
  }

  /// Returns whether the body returns true on any rank; throws as `together` does.
  package func onAnyRank(_ body: () throws -> Bool) throws -> Bool {
    guard let ranks else { return try body() }
    let own = Result { try body() }
    let answers = ranks.gather(Answer(own))
    if let failed = answers.firstIndex(of: .failure) {
      // The first one that failed is this one, or is another.
      if failed == ranks.rank { _ = try own.get() }
      throw OtherRankFailed(rank: failed)
    }
    return answers.contains(.yes)
  }

  /// Returns rank 0's value on all ranks.
  package func ofFirstRank<Value: BitwiseCopyable>(_ own: Value) -> Value {
    ranks?.gather(own)[0] ?? own
  }

  /// Returns rank 0's text on all ranks.
  package func ofFirstRank(_ own: String) -> String {
    guard let ranks else { return own }
    let count = ofFirstRank(own.utf8.count)
    guard count > 0 else { return "" }
    var bytes = [UInt8](repeating: 0, count: count * ranks.count)
    if ranks.rank == 0 { bytes.replaceSubrange(..<count, with: own.utf8) }
    bytes.withUnsafeMutableBytes {
      if let memory = $0.baseAddress { ranks.gather(memory, bytesPerRank: count) }
    }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// Throws where a rank has another value than rank 0: on the first such rank what `difference` says of rank
  /// 0's value and this rank's number, and `OtherRankFailed` on the others.
  package func requireSame<Value: BitwiseCopyable & Equatable>(
    _ own: Value, _ difference: (_ first: Value, _ rank: Int) -> Message
  ) throws {
    guard let ranks else { return }
    let all = ranks.gather(own)
    guard let other = all.firstIndex(where: { $0 != all[0] }) else { return }
    guard other == ranks.rank else { throw OtherRankFailed(rank: other) }
    throw TrainingError(difference(all[0], other))
  }
}

extension Backend {
  /// Throws where a rank has another text than rank 0, as `requireSame` does of values.
  package func requireSame(text own: String, _ difference: (_ rank: Int) -> Message) throws {
    var own = own
    let sum = own.withUTF8 { Checksum(of: UnsafeRawBufferPointer($0)).value }
    try requireSame(sum) { difference($1) }
  }
}

/// What a rank tells the others.
private enum Answer: UInt8, BitwiseCopyable {
  case no
  case yes
  case failure

  init(_ result: Result<Bool, any Error>) {
    switch result {
    case .success(let isYes): self = isYes ? .yes : .no
    case .failure: self = .failure
    }
  }
}
