import Distribution
import Testing

@Suite("Who started a process, as its environment tells")
struct LaunchEnvironmentTests {
  @Test(
    "mpirun and srun say how many tasks they started",
    arguments: [
      (["OMPI_COMM_WORLD_SIZE": "4", "OMPI_COMM_WORLD_RANK": "3"], "mpirun of Open MPI", 4, 3),
      (["PMI_SIZE": "2", "PMI_RANK": "1", "MPI_LOCALNRANKS": "2"], "mpirun", 2, 1),
      (["MV2_COMM_WORLD_SIZE": "8", "MV2_COMM_WORLD_RANK": "0"], "mpirun of MVAPICH", 8, 0),
      (
        ["SLURM_STEP_ID": "0", "SLURM_STEP_NUM_TASKS": "16", "SLURM_PROCID": "15"], "srun", 16, 15
      ),
    ])
  func started(_ environment: [String: String], starter: String, tasks: Int, task: Int) throws {
    let launch = try #require(LaunchEnvironment(environment))
    #expect(launch.starter == starter)
    #expect(launch.tasks == tasks)
    #expect(launch.task == task)
  }

  @Test(
    "a process that was started alone is one of none",
    arguments: [
      [:],
      ["OMPI_COMM_WORLD_SIZE": "1", "OMPI_COMM_WORLD_RANK": "0"],
      ["PMI_SIZE": "1", "PMI_RANK": "0"],
      ["PMI_SIZE": "many"],
      // The script of a batch job of four tasks, which srun did not start.
      ["SLURM_NTASKS": "4", "SLURM_PROCID": "0", "SLURM_STEP_NUM_TASKS": "4"],
      ["SLURM_STEP_ID": "0", "SLURM_STEP_NUM_TASKS": "1", "SLURM_PROCID": "0"],
    ])
  func alone(_ environment: [String: String]) {
    #expect(LaunchEnvironment(environment) == nil)
  }

  @Test("mpirun counts, where srun started it on each of two hosts")
  func nested() throws {
    let slurm = ["SLURM_STEP_ID": "0", "SLURM_STEP_NUM_TASKS": "2", "SLURM_PROCID": "1"]
    let launch = LaunchEnvironment(
      slurm.merging(["OMPI_COMM_WORLD_SIZE": "8", "OMPI_COMM_WORLD_RANK": "5"]) { $1 })
    #expect(launch?.tasks == 8)
    #expect(launch?.task == 5)
    #expect(LaunchEnvironment(slurm.merging(["OMPI_COMM_WORLD_SIZE": "1"]) { $1 }) == nil)
  }
}
