import Files

/// How a rank ends, as the others are told.
package struct RankEnd: BitwiseCopyable, Equatable {
  /// Who says what a rank's error is.
  package enum Speaker: Equatable {
    /// The program, without a word about ranks: the error is rank 0's or that of all.
    case program
    /// The rank, with its number and host.
    case rank
    /// Nobody, as rank 0 says the same.
    case nobody
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

  /// Returns who says the error of a rank, where all end with the same code.
  package static func speaker(for rank: Int, of ends: [RankEnd]) -> Speaker {
    if rank == 0 { return .program }
    return ends[rank].error == ends[0].error ? .nobody : .rank
  }
}
