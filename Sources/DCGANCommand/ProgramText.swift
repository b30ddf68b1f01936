import Arguments
import DCGAN

/// The name under which the program speaks of itself.
package enum ProgramName {
  /// What the user types.
  package static let text = "dcgan"
}

/// What the help and the manual page say of the program as a whole.
package enum ProgramText {
  /// What `--version` prints.
  package static let nameAndVersion = "\(ProgramName.text) \(DCGANVersion.current)"

  /// All of it, for the manual page and the guide.
  package static let description = ProgramDescription(
    name: ProgramName.text, version: DCGANVersion.current, date: DCGANVersion.date,
    purpose: "dcgan trains a DCGAN on medical images and makes synthetic ones, on the CPU",
    usage: "Options follow the command, as --name value or --name=value. Results go to standard "
      + "output, progress and warnings to standard error.",
    conventions: conventions, examples: examples, environment: environment,
    filesPlace: "A run's folder, \(CommonOptions.defaultRun) unless --run names another, holds:",
    files: files, exitCodes: exitCodes,
    exitSummary: "0 done, 1 failed, 2 wrong usage, 129 SIGHUP, 130 Ctrl-C, 143 SIGTERM")

  /// What all commands have in common, a paragraph in Markdown each.
  package static let conventions = [
    """
    Options follow the command, as `--name value` or `--name=value`. `dcgan help COMMAND` explains \
    them, and so does the manual page, `man dcgan`.
    """,
    """
    Results go to standard output, progress and warnings to standard error. `--json` prints results \
    for machines; `--quiet` silences progress. On a terminal, progress is one line with the time \
    left, shortened to fit the window; otherwise it is an occasional line of text. Characters in a \
    file name that would control the terminal or break a line are written as `\\u{…}`, in JSON as \
    `\\uXXXX`.
    """,
    """
    `--resume` keeps a run's sizes, widths, batch, learning rates, techniques, seed and data. \
    `--epochs`, `--steps`, `--threads`, `--checkpoint-every`, `--keep` and `--keep-every` may \
    change; `--stop-on-collapse` stays on once given. `--steps` counts all steps of the run.
    """,
  ]

  /// Lists command lines to try.
  package static let examples: [CommandSpecification.Example] = [
    .init("dcgan train --data ./chest_xray", "trains on a folder of images"),
    .init("dcgan sample --count 64 --min-real 0.7", "draws 64 that pass for real"),
    .init("dcgan grid --out progress.png", "shows the same images epoch after epoch"),
  ]

  /// Lists the environment variables that the program obeys.
  package static let environment: [(name: String, meaning: String)] = [
    (
      "DCGAN_VARIANT",
      "The vector instructions to compute with, instead of the best that the processor has: "
        + "baseline, avx2, avx512, avx512bf16 or amx."
    ),
    (
      "DCGAN_RANK_TIMEOUT",
      "The seconds that a process of several, started by mpirun or srun, waits for the others before "
        + "it ends them all: 600 where nothing is set, without a limit for 0."
    ),
    ("NO_COLOR", "If set to anything, the progress bar has no colour."),
    (
      "TERM",
      "If it is missing or 'dumb', or if standard error is not a terminal, progress is an "
        + "occasional line of text instead of a bar."
    ),
  ]

  /// Lists what a run leaves in its folder.
  package static let files: [(name: String, meaning: String)] = [
    ("config.json", "every setting, the version and a digest of the image list"),
    ("data-files.json", "the names and sizes of the files that the run trains on"),
    ("metrics.jsonl", "losses and scores, one line per step"),
    ("real-samples.png", "64 images, evenly spaced in the data, as the networks see them"),
    ("real-first.png", "the first 64 images of the sorted data, as the networks see them"),
    ("progress/epoch-0001.png", "images from the same 64 random vectors after each epoch"),
    (
      "checkpoints/epoch-0001.safetensors",
      "both networks and their optimizers, under the names of PyTorch's DCGAN tutorial"
    ),
  ]

  /// Lists the exit codes.
  package static let exitCodes: [(name: String, meaning: String)] = [
    ("0", "done"), ("1", "failed"), ("2", "wrong usage"),
    ("129", "stopped by SIGHUP, for example by a lost connection"),
    ("130", "interrupted by Ctrl-C"),
    ("143", "stopped by SIGTERM"),
  ]
}
