import Support

/// Why a process cannot join those that it was started with.
public enum LaunchError: MessageError, Equatable {
  /// The program was built without MPI.
  case builtWithoutMPI(LaunchEnvironment)
  /// The MPI library sees another number of processes than were started.
  case anotherMPI(LaunchEnvironment, library: String, found: Int)
  /// MPI itself failed.
  case failed(LaunchEnvironment, reason: String)
  /// The process did not reach the others within a time limit, in words.
  case late(LaunchEnvironment, host: String, limit: String)
  /// `DCGAN_RANK_TIMEOUT` is no number of seconds.
  case timeLimit(found: String)

  /// Whether it follows from the program and from what started it, which all tasks have in common.
  package var isOfAllTasks: Bool {
    switch self {
    case .builtWithoutMPI, .anotherMPI: true
    case .failed, .late, .timeLimit: false
    }
  }

  /// What is wrong, and what to do.
  public var message: Message {
    switch self {
    case .builtWithoutMPI(let launch):
      """
      \(launch.starter) started \(launch.tasks) tasks, but this program was built without MPI, so each \
      of them would do the same work over the others' files. Build it with MPI: Scripts/setup --mpi, \
      then swift build -c release --traits MPI. Or start it once
      """
    case .anotherMPI(let launch, let library, let found):
      """
      \(launch.starter) started \(launch.tasks) tasks, but the MPI library of this program, \
      \(library), sees \(found): start it with the mpirun of that library or, under Slurm, with \
      srun --mpi=pmix or --mpi=pmi2; or build it with the library that starts it
      """
    case .failed(let launch, let reason):
      """
      \(launch.starter) started \(launch.tasks) tasks, but they cannot reach each other: \(reason)
      """
    case .late(let launch, let host, let limit):
      """
      \(launch.starter) started \(launch.tasks) tasks, but task \(launch.task) on \(host) did not reach all others \
      within \(limit): one of them hangs or ran another program, or the network is down. \(Patience.advice)
      """
    case .timeLimit(let found):
      """
      DCGAN_RANK_TIMEOUT=\(printable(found)): expected the seconds that a rank waits for the others, \
      such as 600, or 0 to wait for ever
      """
    }
  }
}
