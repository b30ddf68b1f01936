import Arguments
import DCGANCommand
import Foundation
import TestSupport
import Testing

/// Types command lines into real shells and looks at what they offer.
@Suite(.slow) struct CompletionTests {
  /// A command line up to the cursor, and the words that may stand there.
  struct Offer: Sendable {
    let line: String
    let words: Set<String>

    init(_ line: String, _ words: [String]) {
      self.line = line
      self.words = Set(words)
    }

    /// The words that stand before the one under the cursor.
    var typed: [String] { line.split(separator: " ").map(String.init) }
  }

  private static let commands = Program.dcgan.commands.map(\.specification)
  private static let files = ["a b/x.txt", "chest/y.png", "it's.png", "q.GIF", "scan.jpeg"]
  private static let everything = ["a b", "chest", "it's.png", "q.GIF", "scan.jpeg"]

  private static let offers =
    [
      Offer("dcgan ", commands.map(\.name) + ["help"]), Offer("dcgan tra", ["train"]),
      Offer("dcgan help ", commands.map(\.name)),
      Offer("dcgan --v", ["--version"]),
      Offer("dcgan completions ", Shell.allCases.map(\.rawValue)),
      Offer("dcgan train --ke", ["--keep", "--keep-every"]),
      Offer("dcgan train --size ", ["32", "64", "128", "256"]),
      Offer("dcgan train --run x --split t", ["train", "test"]),
      Offer("dcgan train --class NORMAL --cla", ["--class"]),
      Offer("dcgan train --size 64 --si", []), Offer("dcgan train --resume --resu", []),
      Offer("dcgan train --size=64 --si", []), Offer("dcgan sample --epoch ", []),
      Offer("dcgan train --data ", ["a b", "chest"]), Offer("dcgan train --data c", ["chest"]),
      Offer("dcgan grid --out ", ["a b", "chest", "it's.png", "q.GIF"]),
      Offer("dcgan score ", everything), Offer("dcgan score --quiet -- s", ["scan.jpeg"]),
      Offer("dcgan sample --latents ", everything), Offer("dcgan paint --s", []),
    ]
    // Every option of every command, so that none can be forgotten.
    + commands.map { Offer("dcgan \($0.name) --", $0.options.map(\.spelling) + ["--help"]) }
    + commands.flatMap { command in
      command.options.map { Offer("dcgan \(command.name) \($0.spelling)", spellings($0, command)) }
    }

  private static func spellings(
    _ option: OptionSpecification, _ command: CommandSpecification
  ) -> [String] {
    command.options.map(\.spelling).filter { $0.hasPrefix(option.spelling) }
  }

  /// Makes a folder with files to offer and a file with the completions of `shell`.
  private func prepare(_ shell: Shell) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.addFiles(Self.files.map { "work/\($0)" })
    let outcome = try Executable.run(["completions", shell.rawValue])
    #expect(outcome.code == 0)
    #expect(outcome.output == shell.completions(of: "dcgan", commands: Self.commands))
    try folder.write(outcome.output, to: "completions")
    return folder
  }

  /// Types lines into an interactive shell on a terminal of its own. `^T` completes the line with
  /// all that is offered, and a function in place of the program prints the words it is given,
  /// each between two signs that nobody types: while it runs, the terminal echoes what is typed ahead,
  /// before, between and behind the words.
  private func type(
    _ lines: [String], into command: String, setup: String, file: String,
    _ folder: TemporaryFolder
  ) throws -> [[String]] {
    try folder.write(
      """
      PS1=''
      cd '\(folder.file("work"))'
      dcgan() { printf '@%s@\\n' "$@"; printf '@@\\n'; }
      \(setup)
      """, to: file)
    try folder.write(lines.map { "\($0)\u{14}\n" }.joined() + "exit\n", to: "input")
    let outcome = try Executable.Running(
      [folder.path], script: #"cd "$1"; script -qec '\#(command)' /dev/null < input"#,
      environment: ["TERM": "dumb", "ZDOTDIR": folder.path, "HISTFILE": ""]
    ).outcome()
    let words = outcome.output.matches(of: /@([^@\r\n]*)@/).map { String($0.1) }
    return words.split(separator: "", omittingEmptySubsequences: false).dropLast().map(Array.init)
  }

  /// Compares the words on a line after completion with those that were to be offered: a line with
  /// nothing to offer stays as it was.
  private func check(_ found: [[String]]) {
    #expect(found.count == Self.offers.count)
    for (offer, words) in zip(Self.offers, found) {
      var before = offer.typed.dropFirst()
      if !offer.words.isEmpty, offer.line.last != " " { before = before.dropLast() }
      #expect(Array(words.prefix(before.count)) == Array(before), "\(offer.line)")
      #expect(Set(words.dropFirst(before.count)) == offer.words, "\(offer.line)")
    }
  }

  private static func isInstalled(_ name: String) -> Bool {
    ["/bin", "/usr/bin", "/usr/local/bin"].contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
  }

  #if os(Linux)
    @Test(.enabled(if: isInstalled("bash") && isInstalled("script")))
    func `bash completes commands, options, values and files`() throws {
      let folder = try prepare(.bash)
      let lines = Self.offers.map(\.line)
      let setup = """
        bind 'set completion-query-items 0'
        bind '"\\C-t": insert-completions'
        source '\(folder.file("completions"))'
        """
      let extra = ["dcgan train --size=", "dcgan train --data=c", "dcgan train --data \"a"]
      let found = try type(
        lines + extra, into: "bash --rcfile rc -i", setup: setup, file: "rc", folder)
      #expect(
        found.suffix(extra.count).map(Set.init) == [
          ["train", "--size=128", "256", "32", "64"], ["train", "--data=chest"],
          ["train", "--data", "a b"],
        ])
      check(found.dropLast(extra.count))
    }

    @Test(.enabled(if: isInstalled("bash") && isInstalled("script")))
    func bashWithoutEqualSignsBetweenWords() throws {
      let folder = try prepare(.bash)
      let setup = """
        bind '"\\C-t": insert-completions'
        COMP_WORDBREAKS=${COMP_WORDBREAKS//=/}
        source '\(folder.file("completions"))'
        """
      let found = try type(
        ["dcgan train --size=6", "dcgan grid --out=i"], into: "bash --rcfile rc -i", setup: setup,
        file: "rc", folder)
      #expect(found == [["train", "--size=64"], ["grid", "--out=it's.png"]])
    }

    @Test(.enabled(if: isInstalled("zsh") && isInstalled("script")))
    func zshOffersCommandsOptionsValuesAndFiles() throws {
      let folder = try prepare(.zsh)
      let setup = """
        autoload -Uz compinit
        compinit -u -D
        zstyle ':completion:*' completer _all_matches _complete
        zstyle ':completion:*' insert true
        bindkey '^T' complete-word
        source '\(folder.file("completions"))'
        """
      let extra = ["dcgan train --size=", "dcgan train --data=c"]
      let found = try type(
        Self.offers.map(\.line) + extra, into: "zsh -i", setup: setup, file: ".zshrc", folder)
      #expect(
        found.suffix(extra.count).map(Set.init) == [
          ["train", "--size=128", "--size=256", "--size=32", "--size=64"],
          ["train", "--data=chest"],
        ])
      check(found.dropLast(extra.count))
    }

    @Test(.enabled(if: isInstalled("zsh") && isInstalled("script")))
    func zshLoadsTheFunctionFromAFolder() throws {
      let folder = try prepare(.zsh)
      try folder.add(Data(try folder.read("completions")), as: "functions/_dcgan")
      let setup = """
        fpath=('\(folder.file("functions"))' $fpath)
        autoload -Uz compinit
        compinit -u -D
        bindkey '^T' complete-word
        """
      let found = try type(["dcgan samp"], into: "zsh -i", setup: setup, file: ".zshrc", folder)
      #expect(found == [["sample"]])
    }
  #endif

  @Test(.enabled(if: isInstalled("fish")))
  func `fish completes commands, options, values and files`() throws {
    let folder = try prepare(.fish)
    let extra = [
      Offer("dcgan train --size=", ["--size=32", "--size=64", "--size=128", "--size=256"])
    ]
    let offers = Self.offers + extra
    try folder.write(
      "source ../completions\n"
        + offers.map { "complete -C '\($0.line)' | string split -f 1 \\t; echo @@\n" }.joined(),
      to: "work/ask.fish")
    let outcome = try Executable.Running(
      [folder.path], script: #"cd "$1/work"; HOME="$1" fish ask.fish"#
    ).outcome()
    #expect(outcome.error.isEmpty)
    let found = outcome.outputLines.split(separator: "@@", omittingEmptySubsequences: false)
    #expect(found.count == offers.count + 1)
    for (offer, lines) in zip(offers, found) {
      let words = lines.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
      #expect(Set(words).subtracting(["ask.fish"]) == offer.words, "\(offer.line)")
    }
  }
}
