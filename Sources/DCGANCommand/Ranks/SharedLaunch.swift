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
        return endUnjoined(.usage) { $0.writeError(program.help(of: nil)) }
      case .help(let command):
        return endUnjoined(.done) { try? $0.writeOutput(program.help(of: command)) }
      case .version:
        return endUnjoined(.done) { try? $0.print(ProgramText.nameAndVersion) }
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
    } catch LaunchError.failed(let launch, let reason) {
      // The others may have other reasons, or none.
      return program.report(
        LaunchError.failed(launch, reason: reason), place: place, console)
    } catch {
      return endUnjoined(program.exitCode(of: error)) {
        _ = program.report(error, place: place, $0)
      }
    }
  }

  /// Says what holds for all processes once, and returns the code that each exits with.
  ///
  /// Whoever started them may end all as soon as one has failed, so the one that speaks ends first.
  private func endUnjoined(_ code: ExitCode, _ speak: (Console) -> Void) -> ExitCode {
    if launch.task == 0 {
      speak(console)
    } else if code != .done {
      sleep(2)
    }
    return code
  }

  private var runsOnce: String {
    let sharing = program.commands.filter(\.sharesWork).map(\.specification.name)
    return
      "this command does its work in one process, but \(launch.starter) started \(launch.tasks); start it "
      + "once. Those that share their work among processes: \(sharing.joined(separator: ", "))"
  }
}
