import Arguments
import DCGANCommand
import Support
import Tensor

/// Stands in for the terminal: keeps what is written and lets the test move the time.
package final class RecordingConsole: Sendable {
  private struct State {
    var output = ""
    var error = ""
    var columns = 80
    var time = 0.0
    var outputError: OutputError?
  }

  private let state = Locked(State())
  private let style: ProgressStyle

  package init(_ style: ProgressStyle = .lines, columns: Int = 80, outputError: OutputError? = nil)
  {
    self.style = style
    state.withLock {
      $0.columns = columns
      $0.outputError = outputError
    }
  }

  package var output: String { state.withLock { $0.output } }
  package var error: String { state.withLock { $0.error } }

  package func advance(by seconds: Double) { state.withLock { $0.time += seconds } }
  package func resize(to columns: Int) { state.withLock { $0.columns = columns } }

  package var console: Console {
    Console(
      writeOutput: { text throws(OutputError) in
        if let error = self.state.withLock({ $0.outputError }) { throw error }
        self.state.withLock { $0.output += text }
      },
      draw: { text in self.state.withLock { $0.error += text } },
      progressStyle: style,
      columns: { self.state.withLock { $0.columns } },
      now: { self.state.withLock { $0.time } })
  }
}

/// Parses the arguments of a command that is known to exist.
package func parsed(_ arguments: [String]) throws -> ParsedArguments {
  guard case .run(_, let result) = try Program.dcgan.parser.parse(arguments) else {
    throw UsageError("the arguments run no command", command: nil)
  }
  return result
}
