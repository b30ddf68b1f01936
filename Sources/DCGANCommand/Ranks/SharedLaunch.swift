import Arguments
import Distribution
import Foundation
import Support

/// A command line that was started as several processes at once, which must not do the same work over each
/// other's files.
struct SharedLaunch {
  /// What the environment tells of the processes.
  let launch: LaunchEnvironment
  let environment: [String: String]
  let program: Program
  /// What follows the program's name.
  let arguments: [String]
  let console: Console

  /// Joins the other processes and runs a command that they may share; says of others that they run once.
  func run() -> ExitCode {
    var place = ProgramName.text
    do {
      switch try program.parser.parse(arguments) {
      case .nothing:
        return sayOnce(.usage) { $0.writeError(program.help(of: nil)) }
      case .help(let command):
        return sayOnce(.done) { try? $0.writeOutput(program.help(of: command)) }
      case .version:
        return sayOnce(.done) { try? $0.print(ProgramText.nameAndVersion) }
      case .run(let specification, let parsed):
        place += " \(specification.name)"
        let command = program.command(specification)
        guard command.sharesWork else {
          throw UsageError(runsOnce, command: specification.name)
        }
        try command.check(parsed)
        let group = try Launch.join(environment: environment) { [console, place] in
          console.say("\(place): \($0)")
        }
        guard let group else { return try command.run(parsed, console) }
        return JoinedRun(
          group: group, program: program, place: place, arguments: arguments,
          environment: environment, console: console
        ).run { try command.run(parsed, $0) }
      }
    } catch {
      return end(error, place: place)
    }
  }

  /// Says what holds for all processes once, and returns the code that each exits with.
  private func sayOnce(_ code: ExitCode, _ speak: (Console) -> Void) -> ExitCode {
    if launch.task == 0 { speak(console) }
    if launch.task != 0, code != .done { sleep(Self.pause) }
    return code
  }

  /// Says why this process has not joined the others, and returns the code that it exits with.
  ///
  /// What all have in common the first one says, and ends first, as whoever started them may end all as soon as
  /// one has failed.
  private func end(_ error: any Error, place: String) -> ExitCode {
    guard launch.task != 0 else { return program.report(error, place: place, console) }
    sleep(Self.pause)
    if !((error as? LaunchError)?.isOfAllTasks ?? (error is UsageError)) {
      let host = ProcessInfo.processInfo.hostName
      console.say("\(place): task \(launch.task) on \(host): \(Message(error).text)")
    }
    return program.exitCode(of: error)
  }

  /// How long others than the first process wait before they speak or end, in seconds.
  private static let pause: UInt32 = 2

  private var runsOnce: String {
    let sharing = program.commands.filter(\.sharesWork).map(\.specification.name)
    return
      "this command does its work in one process, but \(launch.starter) started \(launch.tasks); start it "
      + "once. Those that share their work among processes: \(sharing.joined(separator: ", "))"
  }
}
