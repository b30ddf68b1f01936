import Foundation

@main
struct Main {
  static func main() {
    let code = Program.dcgan.run(Array(CommandLine.arguments.dropFirst()), console: .system())
    exit(code.rawValue)
  }
}
