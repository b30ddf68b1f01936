import CommandTestSupport
import DCGANCommand
import Distribution
import Testing

/// What a program says that was started as several processes, without starting them.
@Suite struct SharedLaunchTests {
  private let environment = ["OMPI_COMM_WORLD_SIZE": "2", "OMPI_COMM_WORLD_RANK": "0"]

  private func run(_ arguments: [String], task: Int = 0) -> (code: ExitCode, error: String) {
    let recording = RecordingConsole()
    let code = Program.dcgan.run(
      arguments, console: recording.console,
      environment: environment.merging(["OMPI_COMM_WORLD_RANK": "\(task)"]) { $1 })
    return (code, recording.error)
  }

  @Test("a command that several processes cannot share is refused", arguments: ["info", "report"])
  func runsOnce(command: String) {
    let (code, error) = run([command])
    #expect(code == .usage)
    #expect(
      error
        == "dcgan \(command): this command does its work in one process, but mpirun of Open MPI "
        + "started 2; start it once. Those that share their work among processes: train, sample, "
        + "evaluate, study, bench\nTry 'dcgan \(command) --help'.\n")
  }

  @Test func `an option is refused before the processes are joined`() {
    let (code, error) = run(["train"])
    #expect(code == .usage)
    #expect(error.hasPrefix("dcgan train: --data is missing; "))
  }

  @Test func `what all have in common is said by the first`() {
    let (code, error) = run(["train"], task: 1)
    #expect(code == .usage)
    #expect(error.isEmpty)
  }

  @Test(.enabled(if: Launch.libraryName == nil, "built with MPI"))
  func `without MPI no work is done several times`() {
    let (code, error) = run(["train", "--data", "none", "--run", "none"])
    #expect(code == .failed)
    #expect(
      error.hasPrefix(
        "dcgan train: mpirun of Open MPI started 2 tasks, but this program was built without MPI, ")
    )
  }

  @Test func `help is shown once`() {
    let recording = RecordingConsole()
    let other = environment.merging(["OMPI_COMM_WORLD_RANK": "1"]) { $1 }
    #expect(
      Program.dcgan.run(["help", "train"], console: recording.console, environment: other) == .done)
    #expect(recording.output.isEmpty)
    #expect(
      Program.dcgan.run(["--version"], console: recording.console, environment: environment)
        == .done)
    #expect(recording.output.hasPrefix("dcgan "))
  }
}
