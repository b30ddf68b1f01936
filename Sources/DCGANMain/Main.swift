import DCGANCommand
import Foundation

@main
struct Main {
  static func main() {
    // A file that reaches its limit is then an error that names it, instead of the end.
    signal(SIGXFSZ, SIG_IGN)
    let code = Program.dcgan.run(Array(CommandLine.arguments.dropFirst()), console: .system())
    exit(code.rawValue)
  }
}
