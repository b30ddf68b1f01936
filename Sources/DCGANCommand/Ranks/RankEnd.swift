import Files

/// How a rank ends, as the others are told.
package struct RankEnd: BitwiseCopyable, Equatable {
  /// Who says what a rank's error is.
  package enum Speaker: Equatable {
    /// The program, without a word about ranks: the error is rank 0's or that of all.
    case program
    /// The rank, with its number and host.
    case rank
    /// Nobody, as there is no error, or rank 0 says the same.
    case nobody
  }

  /// What a rank does once the others have said how they end, or have not.
  package enum Conclusion: Equatable {
    /// It leaves the group, as all end with the same code, after its error is said by the speaker.
    case leave(Speaker)
    /// It ends all ranks.
    case endAll(Reason)
  }

  /// Why ranks do not end by themselves.
  package enum Reason: Equatable {
    /// This one has an error that others do not have.
    case failedAlone
    /// This one is done, and others do not end.
    case othersAtWork
    /// This one has nothing to say, and others have failed.
    case othersFailed
  }

  /// The code that it exits with.
  package let code: Int32
  /// The sum of its error's text; 0 where it has none.
  package let error: UInt32

  /// Joins an exit code and the text of an error.
  package init(code: ExitCode, error: String?) {
    self.code = code.rawValue
    var text = error ?? ""
    self.error = text.withUTF8 { Checksum(of: UnsafeRawBufferPointer($0)).value }
  }

  /// Returns what a rank does now.
  ///
  /// - Parameters:
  ///   - rank: The number of the rank that ends like this.
  ///   - ends: How all ranks end, in their order; nil where others are still at work.
  package func conclusion(of rank: Int, among ends: [RankEnd]?) -> Conclusion {
    guard let ends, ends.allSatisfy({ $0.code == code }) else {
      if error != 0 { return .endAll(.failedAlone) }
      return .endAll(ends == nil ? .othersAtWork : .othersFailed)
    }
    guard error != 0 else { return .leave(.nobody) }
    if rank == 0 { return .leave(.program) }
    return .leave(error == ends[0].error ? .nobody : .rank)
  }
}
