import CommandTestSupport
import Foundation
import Support
import TestSupport
import Testing

/// Runs the built program without any data.
@Suite(.slow) struct ExecutableTests {
  @Test func helpGoesToStandardOutput() throws {
    let outcome = try Executable.run(["help", "train"])
    #expect(outcome.code == 0)
    #expect(outcome.output.hasPrefix("dcgan train: "))
    #expect(outcome.error.isEmpty)
  }

  @Test(arguments: [
    Refusal("trian", "dcgan: unknown command 'trian'; did you mean 'train'?"),
    Refusal(
      "--quiet train",
      "dcgan: unknown option '--quiet'; options follow the command: dcgan COMMAND --quiet"),
    Refusal(
      "train",
      "dcgan train: --data is missing; "
        + "give a folder with radiographs, for example --data ./chest_xray"
    ),
    Refusal(
      "train --data x --size 48",
      "dcgan train: --size expects 32, 64, 128 or 256, but found '48'; for example --size 128"),
    Refusal(
      "train --data x --epochs 0",
      "dcgan train: --epochs expects a whole number from 1 to 1000000, but found '0'; "
        + "for example --epochs 100"
    ),
    Refusal(
      "train --data x --epochs=1.5",
      "dcgan train: --epochs expects a whole number from 1 to 1000000, but found '1.5'; "
        + "for example --epochs 100"
    ),
    Refusal(
      "train --data x --batch 1",
      "dcgan train: --batch expects a whole number from 2 to 4096, but found '1'; "
        + "for example --batch 64"
    ),
    Refusal(
      "train --data x --channels 2",
      "dcgan train: --channels expects 1 or 3, but found '2'; for example --channels 3"),
    Refusal(
      "train --data x --lr nan",
      "dcgan train: --lr expects a number above 0 and at most 1, but found 'nan'; "
        + "for example --lr 0.0002"
    ),
    Refusal(
      "train --data x --lr -1",
      "dcgan train: --lr expects a number above 0 and at most 1, but found '-1'; "
        + "for example --lr 0.0002"
    ),
    Refusal(
      "train --data x --beta1 1",
      "dcgan train: --beta1 expects a number from 0 to less than 1, but found '1'; "
        + "for example --beta1 0.5"
    ),
    Refusal(
      "train --data x --seed -1",
      "dcgan train: --seed expects a whole number from 0 to 18446744073709551615, but found '-1'; "
        + "for example --seed 42"
    ),
    Refusal(
      "train --data x --split tset",
      "dcgan train: --split expects one of train, test, val, all, but found 'tset'; "
        + "did you mean 'test'?"),
    Refusal(
      "train --data x --limit 0",
      "dcgan train: --limit expects a whole number from 1 to 1000000000, but found '0'; "
        + "for example --limit 1000"
    ),
    Refusal(
      "train --data x --stpes 3", "dcgan train: unknown option '--stpes'; did you mean '--steps'?"),
    Refusal(
      "train --data=",
      "dcgan train: --data expects a folder with radiographs, but found an empty value; "
        + "for example --data ./chest_xray"
    ),
    Refusal(
      "train --data x --epoch 3",
      "dcgan train: --epoch names the checkpoint that --resume continues from; give --resume "
        + "too, or --epochs for the length of the training"),
    Refusal(
      "sample --min-real 1.5",
      "dcgan sample: --min-real expects a number from 0 to 1, but found '1.5'; "
        + "for example --min-real 0.7"
    ),
    Refusal(
      "sample --count 0",
      "dcgan sample: --count expects a whole number from 1 to 1000000, but found '0'; "
        + "for example --count 64"
    ),
    Refusal(
      "sample --count 8 --max-tries 7",
      "dcgan sample: --max-tries expects at least --count (8), but found '7'; "
        + "raise it or lower --count"
    ),
    Refusal(
      "sample --latents z.safetensors --seed 1",
      "dcgan sample: --seed and --latents exclude each other: the vectors come from the file; "
        + "leave one out"
    ),
    Refusal(
      "grid --out progress.jpeg",
      "dcgan grid: --out expects a file whose name ends in .png or .gif, "
        + "but found 'progress.jpeg'; for example --out progress.png"
    ),
    Refusal("score --run r", "dcgan score: PATH... is missing; give images or folders of images"),
    Refusal(
      "phantom --cuont 3", "dcgan phantom: unknown option '--cuont'; did you mean '--count'?"),
    Refusal(
      "completions fsh",
      "dcgan completions: SHELL expects bash, zsh or fish, but found 'fsh'; did you mean 'zsh'?"),
    Refusal("completions", "dcgan completions: SHELL is missing; give bash, zsh or fish"),
    Refusal(
      "manual page", "dcgan manual: unexpected argument 'page'; 'manual' takes options only"),
    Refusal(
      "phantom here", "dcgan phantom: unexpected argument 'here'; 'phantom' takes options only"),
  ])
  func usageErrorsExitWith2(_ refusal: Refusal) throws {
    let outcome = try Executable.run(refusal.arguments)
    #expect(outcome.code == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errorLines.first == refusal.message)
    #expect(outcome.errorLines.count == 2)
  }

  /// A process of its own, for tests beside it would take memory from the same pool.
  @Test(arguments: ["1", "2"])
  func `a step takes no memory from the system once training has settled`(threads: String) throws {
    let outcome = try Executable.run([
      "bench", "--size", "32", "--ngf", "16", "--ndf", "16", "--batch", "5", "--steps", "3",
      "--threads", threads, "--profile", "--json", "--quiet",
    ])
    let result = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let profile = try #require((result as? [String: Any])?["profile"] as? [String: Any])
    #expect(profile["fresh_blocks"] as? Int == 0)
  }

  @Test func aClosedPipeEndsQuietly() throws {
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let outcome = try Executable.run(["--help"], output: pipe.fileHandleForWriting)
    #expect(outcome.code == 0)
    #expect(outcome.error.isEmpty)
  }
}
