import CommandTestSupport
import DCGANCommand
import Support
import Testing

@Suite struct UsageMessageTests {
  static let commandRefusals = [
    Refusal("trian", "dcgan: unknown command 'trian'; did you mean 'train'?"),
    Refusal("smaple --count 3", "dcgan: unknown command 'smaple'; did you mean 'sample'?"),
    Refusal("hlep", "dcgan: unknown command 'hlep'; did you mean 'help'?"),
    Refusal(
      "paint",
      "dcgan: unknown command 'paint'; the commands are "
        + "train, sample, grid, report, score, evaluate, study, export, review, info, bench, phantom, "
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

  static let optionRefusals = [
    Refusal(
      "train --data x --epoch 5",
      "dcgan train: --epoch names the checkpoint that --resume continues from; give --resume "
        + "too, or --epochs for the length of the training"),
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
    Refusal(
      "info --run x",
      "dcgan info: unknown option '--run'; give a run's folder or a checkpoint as PATH, without an option"
    ),
    Refusal("info --verbose", "dcgan info: unknown option '--verbose'"),
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
      "dcgan train: --recipe expects course, averaged, stable or varied, but found 'stabel'; "
        + "did you mean 'stable'?"),
    Refusal(
      "train --data x --recipe Stable",
      "dcgan train: --recipe expects course, averaged, stable or varied, but found 'Stable'; "
        + "did you mean 'stable'?"),
    Refusal(
      "train --data x --recipe course,stabel",
      "dcgan train: --recipe expects course, averaged, stable or varied, but found 'course,stabel'; "
        + "did you mean 'course'?"),
    Refusal(
      "train --data x --recipe best",
      "dcgan train: --recipe expects course, averaged, stable or varied, but found 'best'; "
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

  @Test(
    arguments: commandRefusals + optionRefusals + mistypedNames + operandRefusals)
  func refuses(_ refusal: Refusal) { refusal.check() }

  @Test func `an unknown option before the command stays on one line`() {
    let recording = RecordingConsole()
    #expect(Program.dcgan.run(["-\rve\u{1B}[2J"], console: recording.console) == .usage)
    #expect(
      recording.error == """
        dcgan: unknown option '-\\rve\\u{1B}[2J'; \
        options follow the command: dcgan COMMAND -\\rve\\u{1B}[2J
        Try 'dcgan --help'.

        """)
  }

  @Test func `quoting keeps control characters from the terminal`() {
    #expect(quoted("a\u{1B}[31mb\n") == "'a\\u{1B}[31mb\\n'")
    #expect(quoted("Röntgen") == "'Röntgen'")
    #expect(quoted("a\u{2028}\u{202E}b") == "'a\\u{2028}\\u{202E}b'")
    #expect(quoted(String(repeating: "x", count: 60)).count == 62)
    #expect(
      quoted(String(repeating: "x", count: 61)) == "'" + String(repeating: "x", count: 57) + "...'")
  }
}
