/// What a process's environment tells of how it was started as one of several: by whom, how many there are,
/// and which one this is.
public struct LaunchEnvironment: Equatable, Sendable {
  /// What started the processes, in the words of a message.
  public let starter: String
  /// How many processes were started.
  public let tasks: Int
  /// The number of this one, counted from 0.
  public let task: Int

  /// Reads the variables that those who start processes set; nil where a process was started alone.
  ///
  /// Slurm says in the script of a batch job, too, how many tasks were asked for; only a process that `srun`
  /// started itself is one of a step's. What is nearest to the process counts: `mpirun` may have been
  /// started by `srun`, or by another `mpirun` as a single process.
  public init?(_ environment: [String: String]) {
    for (starter, variables) in Self.starters {
      guard variables.needed.allSatisfy({ environment[$0] != nil }),
        let tasks = environment[variables.tasks].flatMap({ Int($0) }), tasks >= 1
      else { continue }
      guard tasks > 1 else { return nil }
      self.starter = starter
      self.tasks = tasks
      task = environment[variables.task].flatMap { Int($0) } ?? 0
      return
    }
    return nil
  }

  private typealias Variables = (tasks: String, task: String, needed: [String])

  private static let starters: [(String, Variables)] = [
    ("mpirun of Open MPI", ("OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK", [])),
    ("mpirun of MVAPICH", ("MV2_COMM_WORLD_SIZE", "MV2_COMM_WORLD_RANK", [])),
    ("mpirun", ("PMI_SIZE", "PMI_RANK", [])),
    ("srun", ("SLURM_STEP_NUM_TASKS", "SLURM_PROCID", ["SLURM_STEP_ID"])),
  ]
}
