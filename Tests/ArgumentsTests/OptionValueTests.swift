import Arguments
import CommandTestSupport
import DCGANCommand
import Support
import Testing

@Suite struct OptionValueTests {
  /// Pairs an option of `train` with values that it must refuse.
  static let refusedNumbers: [(option: String, values: [String])] = [
    ("epochs", ["0", "-1", "1000001", "1.5", "1e2", "ten", "", " 5", "0x10", "5 ", "٣"]),
    ("size", ["0", "31", "512", "64.0", "", "-64"]),
    ("batch", ["1", "4097", "99999999999999999999", "nan"]),
    ("channels", ["0", "2", "4", "rgb"]),
    ("nz", ["0", "4097"]),
    ("ngf", ["0", "1025"]),
    ("ndf", ["0", "1025"]),
    ("lr", ["0", "-0.1", "1.01", "nan", "inf", "-inf", "1e99", "1e-99", "0x1p-3", "", "1,5"]),
    ("beta1", ["1", "-0.1", "nan", "infinity", "", "0.99999999999"]),
    ("label-smoothing", ["-0.1", "0.51", "1", "nan", "inf", "", "0,1"]),
    ("lr-d", ["0", "1.01", "nan", "1e-99"]), ("lr-g", ["0", "-1", "inf"]),
    ("final-lr", ["-1e-9", "1.01", "nan"]), ("ema-images", ["99", "0", "1e4"]),
    ("augment-target", ["-0.1", "1.1"]), ("r1", ["-1", "1001", "nan"]), ("r2", ["-0.1", ""]),
    ("instance-noise", ["-0.1", "1.1", "nan", "1e400", ""]),
    ("augment", ["", "mirror", "cutout,cutout", "none,cutout"]),
    ("recipe", ["", "best"]),
    ("seed", ["-1", "18446744073709551616", "1.0", "", "abc"]),
    ("limit", ["0", "1000000001"]),
    ("frames", ["", "1", "2,3"]),
    (
      "window",
      ["", "file", "40", "40,", "40,0.9", "40,-1", "40;400", "1,2,3", "nan,4", "4,inf", "0x1,4"]
    ),
    ("split-by-patient", ["", "0.8", "0.8,0.2", "0.8,0.1,0.2", "1,0,0", "0.8;0.1;0.1", "nan,0,0"]),
    ("steps", ["0", "-3"]),
    ("threads", ["0", "1025", "-1"]),
    ("checkpoint-every", ["0", "1000001"]),
    ("keep", ["0", "-1"]),
    ("keep-every", ["-1", "1000001"]),
    ("data", [""]), ("run", [""]), ("split", [""]), ("class", [""]),
  ]

  @Test(arguments: refusedNumbers)
  func trainRefuses(_ option: String, _ values: [String]) throws {
    let specification = try #require(
      TrainOptions.specification.options.first { $0.name == option })
    for value in values {
      let recording = RecordingConsole()
      let data = option == "data" ? [] : ["--data", "x"]
      let code = Program.dcgan.run(
        ["train"] + data + ["--\(option)=\(value)"], console: recording.console)
      #expect(code == .usage)
      let found = value.isEmpty ? "an empty value" : "'\(value)'"
      #expect(
        recording.error == """
          dcgan train: --\(option) expects \(specification.expectation), but found \(found); \
          for example --\(option) \(specification.example)
          Try 'dcgan train --help'.

          """)
    }
  }

  @Test func expectationsAreSpelledOut() {
    let expectations = Dictionary(
      uniqueKeysWithValues: TrainOptions.specification.options.map { ($0.name, $0.expectation) })
    #expect(expectations["size"] == "32, 64, 128 or 256")
    #expect(expectations["channels"] == "1 or 3")
    #expect(expectations["batch"] == "a whole number from 2 to 4096")
    #expect(expectations["threads"] == "a whole number from 1 to 1024")
    #expect(expectations["lr"] == "a number above 0 and at most 1")
    #expect(expectations["beta1"] == "a number from 0 to less than 1")
    #expect(expectations["seed"] == "a whole number from 0 to 18446744073709551615")
  }

  @Test func boundsThemselvesAreAccepted() throws {
    let options = try TrainOptions(
      parsed([
        "train", "--data=x", "--batch=2", "--nz=4096", "--threads=1024", "--lr=1", "--beta1=0",
        "--seed=18446744073709551615", "--keep-every=0", "--size=256", "--channels=1",
      ]))
    #expect(options.batch == 2)
    #expect(options.latentSize == 4096)
    #expect(options.threads == 1024)
    #expect(options.learningRate == 1)
    #expect(options.beta1 == 0)
    #expect(options.seed == UInt64.max)
    #expect(options.keepEvery == 0)
    #expect(options.size == 256)
    #expect(options.channels == 1)
  }

  /// Every number of every command is refused before anything is done, whatever else is missing.
  @Test(arguments: Program.dcgan.commands.map(\.specification.name))
  func noCommandTakesNonsenseForANumber(_ name: String) throws {
    let command = try #require(
      Program.dcgan.commands.map(\.specification).first { $0.name == name })
    let nonsense = [
      "nan", "-nan", "inf", "-inf", "infinity", "1e999", "-1e999", "1e-999x",
      "99999999999999999999", "9223372036854775808000", "-1", "-0.5", "0x10", "", " 1", "1 ", "1_0",
      "1,5", "٣", "１", "1e", "--1", "NaN(1)", "true",
    ]
    let operands = name == "score" ? ["x.png"] : []
    for option in command.options where ["N", "X"].contains(option.placeholder) {
      for value in nonsense {
        let recording = RecordingConsole()
        let code = Program.dcgan.run(
          [name] + needs(of: name, option: option.name) + ["\(option.spelling)=\(value)"]
            + operands, console: recording.console)
        #expect(code == .usage)
        #expect(
          recording.error.hasPrefix("dcgan \(name): \(option.spelling) expects "),
          "\(option.spelling)=\(value): \(recording.error)")
        #expect(recording.output.isEmpty)
      }
    }
  }

  /// Two neighbouring letters swapped in any option of any command: the option is offered.
  @Test func everyMistypedOptionIsRecognized() {
    for command in Program.dcgan.commands.map(\.specification) {
      for option in command.options where option.name.count >= 3 {
        var letters = Array(option.name)
        letters.swapAt(0, 1)
        let recording = RecordingConsole()
        let code = Program.dcgan.run(
          [command.name, "--\(String(letters))=1"], console: recording.console)
        #expect(code == .usage)
        #expect(
          recording.error.hasPrefix(
            "dcgan \(command.name): unknown option '--\(String(letters))'; "
              + "did you mean '\(option.spelling)'?\n"), "\(recording.error)")
      }
    }
  }

  @Test func everyOptionAcceptsItsOwnExample() throws {
    for command in Program.dcgan.commands.map(\.specification) {
      for option in command.options where option.takesValue && option.name != "data" {
        let needed = needs(of: command.name, option: option.name)
        let operands: [String] = command.operands == nil ? [] : ["scan.png"]
        let words: [String] = [command.name] + needed + [option.spelling, option.example]
        let recording = RecordingConsole()
        let code = Program.dcgan.run(
          words + ["--help"] + operands, console: recording.console)
        #expect(code == .done)
        let arguments = try parsed(words + operands)
        #expect(throws: Never.self) { try read(arguments) }
      }
    }
  }

  /// Returns the options without which a command refuses this one.
  private func needs(of command: String, option: String) -> [String] {
    switch (command, option) {
    case ("study", "out"): ["--data", "x"]
    case (_, "out"): []
    case ("train", "epoch"): ["--data", "x", "--resume"]
    case ("train", "augment-target"): ["--data", "x", "--augment", "translation"]
    case ("train", _): ["--data", "x"]
    case ("grid", _): ["--out", "x.png"]
    case ("export", "images"): []
    case ("export", _): ["--out", "x.safetensors"]
    case ("evaluate", "discriminator"): ["--data", "x", "--generator", "g"]
    case ("evaluate", _): ["--data", "x"]
    case ("sample", "discriminator"): ["--generator", "g"]
    case ("score", "generator"): ["--discriminator", "d"]
    case ("sample", "share"), ("sample", "data"): ["--select", "realism"]
    case ("sample", "steps"): ["--interpolate", "3:9"]
    case ("sample", "source"), ("sample", "license"), ("sample", "evaluation"):
      ["--dataset", "x"]
    case ("review", "verdicts"): []
    case ("review", "format"): ["--verdicts", "v.csv"]
    case ("review", _): ["--data", "x"]
    case ("study", _): ["--data", "x", "--out", "x"]
    default: []
    }
  }

  /// Reads the options of whichever command the arguments belong to.
  private func read(_ arguments: ParsedArguments) throws {
    switch arguments.command {
    case "train": _ = try TrainOptions(arguments)
    case "sample": _ = try SampleOptions(arguments)
    case "grid": _ = try GridOptions(arguments)
    case "score": _ = try ScoreOptions(arguments)
    case "export": _ = try ExportOptions(arguments)
    case "review" where arguments.given == ["out"]: break
    case "review": _ = try ReviewOptions(arguments)
    case "evaluate": _ = try EvaluateOptions(arguments)
    case "info": _ = try InfoOptions(arguments)
    case "bench": _ = try BenchOptions(arguments)
    case "study": _ = try StudyOptions(arguments)
    default: _ = try PhantomOptions(arguments)
    }
  }
}
