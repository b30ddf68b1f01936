import Distribution
import Foundation
import Support
import Training

/// A command as one of the ranks of a group runs it: rank 0 alone speaks, and none ends before all do.
package struct JoinedRun {
  let group: ProcessGroup
  let program: Program
  /// The program and the command, for messages.
  let place: String
  /// What follows the program's name.
  let arguments: [String]
  let environment: [String: String]
  let console: Console

  /// How long a rank with an error waits for the others to end as it does, in seconds.
  private static let grace = 3.0

  /// Does the work with the console of this rank, and returns once all ranks have ended with the same code.
  /// A rank that fails by itself says so and ends all.
  func run(_ work: (Console) throws -> ExitCode) -> ExitCode {
    do {
      try group.agree(on: RankFact.ofThisProcess(arguments: arguments))
      let console = group.rank == 0 ? console : console.muted
      if let warning = Self.bindingWarning(
        environment, cores: group.coresOfHost, ofHost: sysconf(Int32(_SC_NPROCESSORS_ONLN)))
      {
        console.warn(warning)
      }
      return end(try work(console), nil)
    } catch is OtherRankFailed {
      return end(.failed, nil)
    } catch {
      let code = program.exitCode(of: error)
      return end(code, code == .done ? nil : error)
    }
  }

  /// Returns what to say where Open MPI's `mpirun` leaves cores of a host idle, as it does by default where a host
  /// has fewer ranks than cores: it ties each rank to a core or a socket.
  ///
  /// - Parameters:
  ///   - cores: Those that the ranks of the host may use together.
  ///   - all: Those that the host has.
  package static func bindingWarning(
    _ environment: [String: String], cores: Int?, ofHost all: Int
  ) -> String? {
    guard environment["OMPI_MCA_orte_bound_at_launch"] == "1", let cores, cores < all else {
      return nil
    }
    return
      "mpirun lets its processes use \(cores) of the \(all) cores of this host; give it --bind-to none"
  }

  private func end(_ code: ExitCode, _ error: (any Error)?) -> ExitCode {
    let own = RankEnd(code: code, error: error.map { Message($0).text })
    let ends = group.gatherEnds(own, within: error == nil ? nil : Self.grace)
    switch own.conclusion(of: group.rank, among: ends) {
    case .leave(let speaker):
      if let error { say(error, by: speaker) }
      group.leave(code: code.rawValue)
      return code
    case .endAll(let reason):
      switch reason {
      case .failedAlone: if let error { say(error, by: .rank) }
      case .othersAtWork: group.fail("it is done, but other ranks do not end")
      // The one that has failed says why and ends all; this is for the case that it cannot.
      case .othersFailed: sleep(10)
      }
      group.stopAll(code: ExitCode.failed.rawValue)
    }
  }

  private func say(_ error: any Error, by speaker: RankEnd.Speaker) {
    switch speaker {
    case .program: _ = program.report(error, place: place, console)
    case .rank: console.say("\(place): \(group.naming(Message(error).text))")
    case .nobody: break
    }
  }
}
