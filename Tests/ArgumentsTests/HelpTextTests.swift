import Arguments
import CommandTestSupport
import DCGANCommand
import Support
import Testing

@Suite struct HelpTextTests {
  /// Repeats the command line's contract: every command with all its options.
  static let contract: [(command: String, options: [String])] = [
    ("train", OptionHeading.train.flatMap(\.options)),
    ("sample", OptionHeading.sample.flatMap(\.options)),
    ("grid", ["out", "run", "epoch", "quiet"]),
    (
      "report",
      [
        "out", "run", "data", "epoch", "count", "min-real", "seed", "watch", "threads", "quiet",
      ]
    ),
    (
      "score",
      [
        "class", "run", "epoch", "discriminator", "generator", "window", "frames",
        "allow-burned-in", "threads", "json", "quiet",
      ]
    ),
    ("evaluate", OptionHeading.evaluate.flatMap(\.options)),
    ("study", OptionHeading.study.flatMap(\.options)),
    ("export", ["out", "discriminator", "images", "data", "run", "epoch", "json", "quiet"]),
    (
      "review",
      [
        "samples", "data", "out", "count", "seed", "split", "class", "verdicts", "format", "json",
        "quiet",
      ]
    ),
    ("info", ["json", "quiet"]),
    (
      "bench",
      [
        "size", "batch", "ngf", "ndf", "channels", "steps", "kernels", "shapes", "method",
        "precision", "profile", "images", "threads", "json", "quiet",
      ]
    ),
    ("phantom", ["out", "count", "seed", "quiet"]), ("completions", []), ("manual", ["markdown"]),
  ]

  private func help(_ arguments: [String]) -> String {
    let recording = RecordingConsole()
    #expect(Program.dcgan.run(arguments, console: recording.console) == .done)
    #expect(recording.error.isEmpty)
    return recording.output
  }

  @Test(arguments: contract)
  func commandHelpNamesEveryOption(_ command: String, _ options: [String]) throws {
    let text = help(["help", command])
    #expect(text == help([command, "--help"]))
    let lines = text.split(separator: "\n").map(String.init)
    for option in options + ["help"] {
      #expect(lines.contains { $0.hasPrefix("  --\(option) ") || $0.hasPrefix("  --\(option),") })
    }
    let specification = try #require(
      Program.dcgan.commands.map(\.specification).first { $0.name == command })
    #expect(specification.options.map(\.name) == options)
    #expect(lines.first?.hasPrefix("dcgan \(command): ") == true)
    #expect(lines.dropFirst().contains { $0.hasPrefix("Usage: dcgan \(command)") })
    #expect(text.contains("\nExamples:\n  dcgan \(command)"))
    #expect(
      text.contains("\n  0 done, 1 failed, 2 wrong usage, 129 SIGHUP, 130 Ctrl-C, 143 SIGTERM"))
  }

  @Test(arguments: OptionHeading.commands)
  func optionsStandUnderTheirHeadings(_ command: String, _ headings: [OptionHeading]) {
    let lines = help(["help", command]).split(separator: "\n").map(String.init)
    var found: [OptionHeading] = []
    for line in lines.drop(while: { !$0.hasPrefix("Usage: ") }).dropFirst() {
      if line.hasSuffix(":") && !line.hasPrefix(" ") {
        found.append(OptionHeading(String(line.dropLast()), []))
      } else if line.hasPrefix("  --"), !line.hasPrefix("  --help") {
        found[found.count - 1].options.append(String(line.dropFirst(4).prefix { $0 != " " }))
      }
    }
    #expect(found.prefix(headings.count).elementsEqual(headings))
    #expect(found.dropFirst(headings.count).allSatisfy { $0.options.isEmpty })
  }

  @Test func programHelpListsTheCommands() {
    let lines = help(["--help"]).split(separator: "\n")
    for (command, _) in Self.contract {
      #expect(lines.contains { $0.hasPrefix("  \(command) ") })
    }
    #expect(Program.dcgan.commands.map(\.specification.name) == Self.contract.map(\.command))
  }

  @Test func noLineIsWiderThan80Columns() {
    let texts = [help(["--help"])] + Self.contract.map { help(["help", $0.command]) }
    for line in texts.flatMap({ $0.split(separator: "\n", omittingEmptySubsequences: false) }) {
      #expect(line.count <= 80)
      #expect(line.last != " ")
    }
  }

  @Test func defaultsStandInTheHelp() {
    let text = help(["train", "--help"])
    #expect(text.contains("  --epochs N            passes over the images (default: 100)\n"))
    #expect(text.contains("(default: 0.0002)"))
    #expect(text.contains("(default: ./dcgan-run)"))
    #expect(text.contains("may be\n                        repeated; default: all classes)"))
  }

  @Test func wrappingBreaksOnlyBetweenWords() {
    let word = String(repeating: "x", count: 90)
    #expect(HelpText.wrapped("a \(word) b", indent: 2) == ["  a", "  " + word, "  b"])
    let full = String(repeating: "y", count: 77)
    #expect(HelpText.wrapped("\(full) zz", indent: 0) == ["\(full) zz"])
    #expect(HelpText.wrapped("\(full) zzz", indent: 0) == [full, "zzz"])
  }
}
