import CMPI
import Foundation
import Support
import Tensor

/// The processes that `mpirun` or `srun` started together, connected by MPI.
///
/// All calls come from the thread that joined. What keeps a rank from answering ends all processes, with a
/// sentence that names this rank and its host.
public final class ProcessGroup: RankGroup {
  /// The number of this process in the group, counted from 0.
  public let rank: Int
  /// How many processes there are.
  public let count: Int
  /// The name of the machine that this process runs on.
  public let host: String
  /// How many of the processes run on this machine.
  public let ranksOnHost: Int
  /// The cores that those may use together; nil where the system does not say.
  public let coresOfHost: Int?
  /// What was exchanged so far.
  public internal(set) var traffic = Traffic()

  let patience: Patience
  /// What has begun and may not have arrived, in the order in which it began.
  var pending: [PendingBlocks] = []
  private let report: (String) -> Void
  private let owner = pthread_self()

  /// Makes the group of a process that has joined.
  init(_ place: cmpi_place, patience: Patience, report: @escaping (String) -> Void) {
    rank = Int(place.rank)
    count = Int(place.count)
    host = ProcessInfo.processInfo.hostName
    ranksOnHost = Int(place.ranks_on_host)
    coresOfHost = place.cores_of_host > 0 ? Int(place.cores_of_host) : nil
    self.patience = patience
    self.report = report
  }

  /// Ends all processes of the group after a sentence on what happened to this one.
  public func fail(_ reason: String) -> Never {
    report(naming(reason))
    stopAll(code: 1)
  }

  /// Returns a sentence with the rank and the host that it is about.
  public func naming(_ sentence: String) -> String { "rank \(rank) on \(host): \(sentence)" }

  /// Ends all processes of the group, with an exit code.
  public func stopAll(code: Int32) -> Never {
    // What was written to standard error is on its way through whoever started the processes, who may
    // end before it has passed it on.
    usleep(100_000)
    cmpi_abort(code)
  }

  /// Leaves the group, once all ranks have said by `gatherEnds` that they end.
  ///
  /// - Parameter code: What this process is about to exit with.
  public func leave(code: Int32) {
    requireOwner()
    Launch.forget()
    if let reason = messageOfFailure({ cmpi_leave(30, code, $0) }) { fail(reason) }
  }

  /// Calls a function of the shim, and ends all processes where it fails.
  func check(_ body: (UnsafeMutablePointer<CChar>) -> Int32) {
    requireOwner()
    if let reason = messageOfFailure(body) { fail(reason) }
  }

  private func requireOwner() {
    require(
      pthread_equal(owner, pthread_self()) != 0, "MPI is called by another thread than joined")
  }
}
