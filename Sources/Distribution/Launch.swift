import CMPI
import Foundation
import Support

/// How this process was started: alone, or as one of several by `mpirun` or `srun`.
public enum Launch {
  /// Joins the processes that this one was started with; nil where it was started alone.
  ///
  /// - Parameters:
  ///   - environment: What tells how the process was started.
  ///   - report: Takes the sentence that says why the group's processes end. It is called on another thread
  ///     where they do not join in time, and then the process ends.
  /// - Throws: `LaunchError` where the process is one of several and cannot join them: the program was built
  ///   without MPI, or with another MPI than started it, MPI fails, or the time limit is no number.
  public static func join(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    report: @escaping @Sendable (String) -> Void
  ) throws -> ProcessGroup? {
    guard let launch = LaunchEnvironment(environment) else { return nil }
    guard cmpi_is_available() != 0 else { throw LaunchError.builtWithoutMPI(launch) }
    let patience = try Patience(environment: environment)
    let place = try patience.watch {
      try joinedPlace(launch)
    } orEnd: {
      report(
        LaunchError.late(
          launch, host: ProcessInfo.processInfo.hostName, limit: patience.limitInWords
        ).description)
    }
    guard Int(place.count) == launch.tasks else {
      throw LaunchError.anotherMPI(launch, library: library, found: Int(place.count))
    }
    let group = ProcessGroup(place, patience: patience, report: report)
    joined.withLock { $0 = group }
    return group
  }

  /// The group that this process has joined and not left.
  public static var current: ProcessGroup? { joined.withLock { $0 } }

  /// The name and version of the MPI library, or nil where the program was built without it.
  public static var libraryName: String? { cmpi_is_available() != 0 ? library : nil }

  /// MPI is joined once by a process, and so there is one group at most.
  private static let joined = Locked<ProcessGroup?>(nil)

  static func forget() { joined.withLock { $0 = nil } }

  private static func joinedPlace(_ launch: LaunchEnvironment) throws -> cmpi_place {
    var place = cmpi_place()
    let reason = messageOfFailure { cmpi_join(&place, $0) }
    if let reason { throw LaunchError.failed(launch, reason: reason) }
    return place
  }

  private static var library: String {
    var text = [CChar](repeating: 0, count: Int(CMPI_MESSAGE_SIZE))
    cmpi_describe_library(&text)
    return string(text)
  }
}

/// Calls a function of the shim; returns its message where it failed, else nil.
func messageOfFailure(_ body: (UnsafeMutablePointer<CChar>) -> Int32) -> String? {
  var message = [CChar](repeating: 0, count: Int(CMPI_MESSAGE_SIZE))
  let status = message.withUnsafeMutableBufferPointer { buffer in
    body(requireValue(buffer.baseAddress, "a message has no room"))
  }
  return status == Int32(CMPI_OK) ? nil : string(message)
}

private func string(_ text: [CChar]) -> String {
  String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
