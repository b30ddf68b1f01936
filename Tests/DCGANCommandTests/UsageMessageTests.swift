import DCGAN
import DCGANCommand
import Testing

/// Is a command line that must be refused, and the first line of what is said about it.
struct Refusal: Sendable, CustomTestStringConvertible {
  let arguments: [String]
  let message: String

  init(_ line: String, _ message: String) {
    arguments = line.split(separator: " ").map { $0 == "''" ? "" : String($0) }
    self.message = message
  }

  var testDescription: String { arguments.joined(separator: " ") }
}

@Suite struct UsageMessageTests {
  static let commandRefusals = [
    Refusal("trian", "dcgan: unknown command 'trian'; did you mean 'train'?"),
    Refusal("smaple --count 3", "dcgan: unknown command 'smaple'; did you mean 'sample'?"),
    Refusal("hlep", "dcgan: unknown command 'hlep'; did you mean 'help'?"),
    Refusal(
      "paint",
      "dcgan: unknown command 'paint'; the commands are "
        + "train, sample, grid, report, score, evaluate, export, review, info, bench, phantom, "
        + "completions, manual"),
    Refusal("help trian", "dcgan: unknown command 'trian'; did you mean 'train'?"),
    Refusal(
      "help train now", "dcgan: unexpected argument 'now' after 'help train'; leave it out"),
    Refusal(
      "--version now", "dcgan: unexpected argument 'now' after '--version'; leave it out"),
    Refusal("--versoin", "dcgan: unknown option '--versoin'; did you mean '--version'?"),
    Refusal("--help=1", "dcgan: --help takes no value, but found '1'; write --help alone"),
    Refusal("--version=", "dcgan: --version takes no value, but found ''; write --version alone"),
    Refusal(
      "--json=1 info",
      "dcgan: unknown option '--json'; options follow the command: dcgan COMMAND --json"),
  ]

  static let networkRefusals = [
    Refusal(
      "sample --generator g --run r",
      "dcgan sample: --generator and --run exclude each other: the networks come from files, not from "
        + "a run; leave one out"),
    Refusal(
      "score --discriminator d --epoch 3 x.png",
      "dcgan score: --discriminator and --epoch exclude each other: the networks come from files, not "
        + "from a run; leave one out"),
    Refusal(
      "sample --discriminator d",
      "dcgan sample: --discriminator needs the generator that makes the images: give --generator with "
        + "its file too, or --run with the run of both"),
    Refusal(
      "score --generator g x.png",
      "dcgan score: --generator gives no scores: give --discriminator with the file of the network "
        + "that scores, or --run with the run of both"),
    Refusal(
      "sample --generator g --min-real 0.5",
      "dcgan sample: --min-real goes by scores, which --generator alone does not give: give "
        + "--discriminator with the file of the network that scores, or leave --min-real out"),
    Refusal(
      "sample --generator g --min-real-calibrated 0.5",
      "dcgan sample: --min-real-calibrated goes by scores, which --generator alone does not give: "
        + "give --discriminator with the file of the network that scores, or leave "
        + "--min-real-calibrated out"),
    Refusal(
      "sample --generator g --discriminator d --min-real-calibrated 0.5",
      "dcgan sample: --min-real-calibrated goes by a calibration, which a run's checkpoints hold and "
        + "files of networks do not: use --min-real, or --run"),
    Refusal(
      "evaluate --generator g",
      "dcgan evaluate: --generator needs the real images: give --data with their folder"),
    Refusal(
      "evaluate --generator g --samples s --data d",
      "dcgan evaluate: --samples and --generator exclude each other: the images are drawn already; "
        + "leave one out"),
    Refusal(
      "export --images d --out g.safetensors",
      "dcgan export: --out and --images exclude each other: images of the data belong to no network; "
        + "leave one out"),
    Refusal(
      "export --images d --epoch 3",
      "dcgan export: --epoch and --images exclude each other: images of the data belong to no network; "
        + "leave one out"),
    Refusal(
      "export --out g.safetensors --data d",
      "dcgan export: --data says where the images of --images DIR lie; give that as well, or leave "
        + "--data out"),
  ]

  static let optionRefusals = [
    Refusal(
      "train --data x --epoch 5",
      "dcgan train: --epoch names the checkpoint that --resume goes on from; give --resume too, "
        + "or --epochs for the length of the training"),
    Refusal(
      "train --data x --epcohs 5",
      "dcgan train: unknown option '--epcohs'; did you mean '--epochs'?"),
    Refusal(
      "train --bacth=8", "dcgan train: unknown option '--bacth'; did you mean '--batch'?"),
    Refusal(
      "train --batch-size 8",
      "dcgan train: unknown option '--batch-size'; did you mean '--batch'?"),
    Refusal(
      "train --learning-rate 1",
      "dcgan train: unknown option '--learning-rate'; did you mean '--lr'?"),
    Refusal(
      "train --keep_every 1",
      "dcgan train: unknown option '--keep_every'; did you mean '--keep-every'?"),
    Refusal("train -epochs 5", "dcgan train: unknown option '-epochs'; did you mean '--epochs'?"),
    Refusal("train -q", "dcgan train: unknown option '-q'"),
    Refusal("bench --zzzz", "dcgan bench: unknown option '--zzzz'"),
    Refusal(
      "train --data x --epochs 1 --epochs=2",
      "dcgan train: --epochs is given twice ('1', then '2'); give it once"),
    Refusal(
      "train --help=1", "dcgan train: --help takes no value, but found '1'; write --help alone"),
    Refusal("info --json --json", "dcgan info: --json is given twice; give it once"),
    Refusal(
      "info --json=yes", "dcgan info: --json takes no value, but found 'yes'; write --json alone"),
    Refusal(
      "train --data",
      "dcgan train: --data expects a folder with radiographs, but the command line ends there; "
        + "for example --data ./chest_xray"),
    Refusal(
      "train --data --run x",
      "dcgan train: --data expects a folder with radiographs, but found '--run'; "
        + "for example --data ./chest_xray"),
    Refusal(
      "train --data --",
      "dcgan train: --data expects a folder with radiographs, but found '--'; "
        + "for example --data ./chest_xray"),
  ]

  static let mistypedNames = [
    Refusal(
      "train --data x --recipe stabel",
      "dcgan train: --recipe expects course, averaged or stable, but found 'stabel'; "
        + "did you mean 'stable'?"),
    Refusal(
      "train --data x --recipe Stable",
      "dcgan train: --recipe expects course, averaged or stable, but found 'Stable'; "
        + "did you mean 'stable'?"),
    Refusal(
      "train --data x --recipe course,stabel",
      "dcgan train: --recipe expects course, averaged or stable, but found 'course,stabel'; "
        + "did you mean 'course'?"),
    Refusal(
      "train --data x --recipe best",
      "dcgan train: --recipe expects course, averaged or stable, but found 'best'; "
        + "for example --recipe stable"),
    Refusal(
      "train --data x --augment translation,color",
      "dcgan train: --augment expects none, or some of translation,cutout,colour, "
        + "but found 'translation,color'; did you mean 'translation,colour'?"),
    Refusal(
      "train --data x --augment cutout,",
      "dcgan train: --augment expects none, or some of translation,cutout,colour, "
        + "but found 'cutout,'; did you mean 'cutout'?"),
    Refusal(
      "train --data x --augment none,cutuot",
      "dcgan train: --augment expects none, or some of translation,cutout,colour, "
        + "but found 'none,cutuot'; for example --augment translation,cutout,colour"),
    Refusal(
      "bench --method winogard",
      "dcgan bench: --method expects best, direct or winograd, but found 'winogard'; "
        + "did you mean 'winograd'?"),
    Refusal(
      "bench --size 130",
      "dcgan bench: --size expects 32, 64, 128 or 256, but found '130'; for example --size 128"),
  ]

  static let operandRefusals = [
    Refusal(
      "train ./chest_xray",
      "dcgan train: unexpected argument './chest_xray'; 'train' takes options only"),
    Refusal(
      "train epochs 5", "dcgan train: unexpected argument 'epochs'; did you mean '--epochs'?"),
    Refusal(
      "train --data x -- --quiet",
      "dcgan train: unexpected argument '--quiet'; 'train' takes options only"),
    Refusal("info one two", "dcgan info: unexpected argument 'two'; give one at most"),
    Refusal("score", "dcgan score: PATH... is missing; give images or folders of images"),
    Refusal(
      "score a ''",
      "dcgan score: PATH... expects images or folders of images, but found an empty value; "
        + "name each or leave it out"),
    Refusal(
      "info ''",
      "dcgan info: PATH expects a run's folder or a checkpoint, but found an empty value; "
        + "name it or leave it out"),
  ]

  static let conflicts = [
    Refusal(
      "train",
      "dcgan train: --data is missing; give a folder with radiographs, "
        + "for example --data ./chest_xray"),
    Refusal(
      "grid",
      "dcgan grid: --out is missing; give a file whose name ends in .png or .gif, "
        + "for example --out progress.png"),
    Refusal(
      "grid --out a.jpeg",
      "dcgan grid: --out expects a file whose name ends in .png or .gif, but found 'a.jpeg'; "
        + "for example --out progress.png"),
    Refusal(
      "report --out report.pdf",
      "dcgan report: --out expects a file whose name ends in .html, but found 'report.pdf'; "
        + "for example --out report.html"),
    Refusal(
      "report --min-real 1.5",
      "dcgan report: --min-real expects a number from 0 to 1, but found '1.5'; "
        + "for example --min-real 0.7"),
    Refusal(
      "report --count 0",
      "dcgan report: --count expects a whole number from 1 to 100000, but found '0'; "
        + "for example --count 256"),
    Refusal(
      "report --watch --epoch 3",
      "dcgan report: --watch and --epoch exclude each other: a page that follows a run ends with "
        + "its latest epoch; leave one out"),
    Refusal(
      "sample --count 10 --max-tries 9",
      "dcgan sample: --max-tries expects at least --count (10), but found '9'; "
        + "raise it or lower --count"),
    Refusal(
      "sample --latents z.safetensors --seed 1",
      "dcgan sample: --seed and --latents exclude each other: the vectors come from the file; "
        + "leave one out"),
    Refusal(
      "sample --latents z.safetensors --truncation 1",
      "dcgan sample: --truncation and --latents exclude each other: the vectors come from the file; "
        + "leave one out"),
    Refusal(
      "sample --steps 9",
      "dcgan sample: --steps counts the images of --interpolate A:B; give that as well, "
        + "or --count for images of one seed"),
    Refusal(
      "sample --interpolate 1:2 --count 9",
      "dcgan sample: --count and --interpolate exclude each other: the two seeds and --steps say "
        + "what is drawn; leave one out"),
    Refusal(
      "sample --interpolate 1:2 --from a.csv",
      "dcgan sample: --from and --interpolate exclude each other: the two seeds and --steps say "
        + "what is drawn; leave one out"),
    Refusal(
      "sample --from a.csv --min-real 0.5",
      "dcgan sample: --min-real and --from exclude each other: the table says what is drawn; "
        + "leave one out"),
    Refusal(
      "train --resume --init-discriminator a.safetensors",
      "dcgan train: --resume and --init-discriminator exclude each other: "
        + "a resumed run goes on from its own weights; leave one out"),
    Refusal(
      "export",
      "dcgan export: --out is missing; give a file whose name ends in .safetensors, "
        + "for example --out netG.safetensors"),
    Refusal(
      "export --out netG.pth",
      "dcgan export: --out expects a file whose name ends in .safetensors, but found 'netG.pth'; "
        + "for example --out netG.safetensors"),
    Refusal(
      "review",
      "dcgan review: --data is missing; give a folder with radiographs, "
        + "for example --data ./chest_xray"),
    Refusal(
      "review --verdicts a.csv --verdicts b.csv --seed 3",
      "dcgan review: --verdicts and --seed exclude each other: the review in --out was made with "
        + "one; leave one out"),
    Refusal(
      "review --data x --split tset",
      "dcgan review: --split expects train, test, val or all, but found 'tset'; "
        + "did you mean 'test'?"),
    Refusal(
      "review --data x --count 501",
      "dcgan review: --count expects a whole number from 1 to 500, but found '501'; "
        + "for example --count 50"),
    Refusal(
      "bench --kernels --profile",
      "dcgan bench: --kernels and --profile exclude each other; leave one out"),
    Refusal(
      "bench --images x --steps 3",
      "dcgan bench: --images and --steps exclude each other; leave one out"),
    Refusal(
      "bench --kernels --shapes x --ngf 8",
      "dcgan bench: --shapes and --ngf exclude each other; leave one out"),
    Refusal(
      "evaluate --samples x --data y --epoch 3",
      "dcgan evaluate: --samples and --epoch exclude each other: the images are drawn already; "
        + "leave one out"),
    Refusal(
      "evaluate --samples x",
      "dcgan evaluate: --samples needs the real images: give --data with their folder, or --run "
        + "with the run that was trained on them"),
    Refusal(
      "bench --shapes x --profile",
      "dcgan bench: --shapes and --profile exclude each other; leave one out"),
  ]

  @Test(
    arguments: commandRefusals + optionRefusals + networkRefusals + mistypedNames + operandRefusals
      + conflicts)
  func refuses(_ refusal: Refusal) throws {
    let recording = RecordingConsole()
    let code = Program.dcgan.run(refusal.arguments, console: recording.console)
    #expect(code == .usage)
    #expect(recording.output.isEmpty)
    let lines = recording.error.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first.map(String.init) == refusal.message)
    let place = refusal.message.prefix { $0 != ":" }
    #expect(lines.dropFirst().map(String.init) == ["Try '\(place) --help'.", ""])
  }

  @Test func aStrangeOptionBeforeTheCommandStaysOnOneLine() {
    let recording = RecordingConsole()
    #expect(Program.dcgan.run(["-\rve\u{1B}[2J"], console: recording.console) == .usage)
    #expect(
      recording.error == """
        dcgan: unknown option '-\\rve\\u{1B}[2J'; \
        options follow the command: dcgan COMMAND -\\rve\\u{1B}[2J
        Try 'dcgan --help'.

        """)
  }

  @Test func quotingKeepsControlCharactersFromTheTerminal() {
    #expect(quoted("a\u{1B}[31mb\n") == "'a\\u{1B}[31mb\\n'")
    #expect(quoted("Röntgen") == "'Röntgen'")
    #expect(quoted("a\u{2028}\u{202E}b") == "'a\\u{2028}\\u{202E}b'")
    #expect(quoted(String(repeating: "x", count: 60)).count == 62)
    #expect(
      quoted(String(repeating: "x", count: 61)) == "'" + String(repeating: "x", count: 57) + "...'")
  }
}
