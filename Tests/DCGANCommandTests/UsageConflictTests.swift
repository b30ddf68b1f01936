import CommandTestSupport
import Testing

/// Options that are missing, out of range, or exclude each other.
@Suite struct UsageConflictTests {
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
      "dcgan sample: --min-real needs scores, which --generator alone does not give: give "
        + "--discriminator with the file of the network that scores, or leave --min-real out"),
    Refusal(
      "sample --generator g --min-real-calibrated 0.5",
      "dcgan sample: --min-real-calibrated needs scores, which --generator alone does not give: "
        + "give --discriminator with the file of the network that scores, or leave "
        + "--min-real-calibrated out"),
    Refusal(
      "sample --generator g --discriminator d --min-real-calibrated 0.5",
      "dcgan sample: --min-real-calibrated needs a calibration, which a run's checkpoints hold "
        + "and network files do not: use --min-real, or --run"),
    Refusal(
      "bench --method direct --precision bfloat16",
      "dcgan bench: --precision bfloat16 has no effect beside --method direct: only Winograd's method "
        + "multiplies bfloat16; leave one out"),
    Refusal(
      "evaluate --generator g",
      "dcgan evaluate: --generator needs the real images: give --data with their folder"),
    Refusal(
      "evaluate --generator g --samples s --data d",
      "dcgan evaluate: --samples and --generator exclude each other: samples are drawn already; "
        + "leave one out"),
    Refusal(
      "export --images d --out g.safetensors",
      "dcgan export: --out and --images exclude each other: real images belong to no network; "
        + "leave one out"),
    Refusal(
      "export --images d --epoch 3",
      "dcgan export: --epoch and --images exclude each other: real images belong to no network; "
        + "leave one out"),
    Refusal(
      "export --out g.safetensors --data d",
      "dcgan export: --data is the folder that --images DIR reads; give --images too, or leave "
        + "--data out"),
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
      "dcgan report: --watch and --epoch exclude each other: a page that follows a run always "
        + "ends with its latest epoch; leave one out"),
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
      "dcgan sample: --steps counts the images of --interpolate A:B; give that too, "
        + "or --count for images of one seed"),
    Refusal(
      "sample --interpolate 1:2 --count 9",
      "dcgan sample: --count and --interpolate exclude each other: the two seeds and --steps "
        + "determine what is drawn; leave one out"),
    Refusal(
      "sample --interpolate 1:2 --from a.csv",
      "dcgan sample: --from and --interpolate exclude each other: the two seeds and --steps "
        + "determine what is drawn; leave one out"),
    Refusal(
      "sample --from a.csv --min-real 0.5",
      "dcgan sample: --min-real and --from exclude each other: the table determines what is "
        + "drawn; leave one out"),
    Refusal(
      "sample --count 10 --select realism --share 0.3 --max-tries 33",
      "dcgan sample: --max-tries expects at least --count divided by --share (34), but found '33'; "
        + "raise it or lower --count"),
    Refusal(
      "sample --from a.csv --select realism",
      "dcgan sample: --select and --from exclude each other: these determine what is drawn, and "
        + "nothing is left to select among; leave one out"),
    Refusal(
      "sample --interpolate 1:2 --select realism",
      "dcgan sample: --select and --interpolate exclude each other: these determine what is drawn, "
        + "and nothing is left to select among; leave one out"),
    Refusal(
      "sample --share 0.3",
      "dcgan sample: --share and --data are settings of a selection; give --select realism too, or "
        + "leave them out"),
    Refusal(
      "sample --generator g --select realism",
      "dcgan sample: --select needs the real images, which network files do not name: give --data "
        + "with their folder"),
    Refusal(
      "sample --dataset d --out o",
      "dcgan sample: --dataset and --out exclude each other: a data set has a folder of its own, and "
        + "holds independent images; leave one out"),
    Refusal(
      "sample --dataset d --format dicom",
      "dcgan sample: --format and --dataset exclude each other: a data set for other programs holds PNG "
        + "files; leave one out"),
    Refusal(
      "review --data d --format dicom",
      "dcgan review: --format is that of the samples that passed; give --verdicts with the tables of "
        + "verdicts too, or leave it out"),
    Refusal(
      "sample --dataset d --interpolate 1:2",
      "dcgan sample: --dataset and --interpolate exclude each other: a data set has a folder of its "
        + "own, and holds independent images; leave one out"),
    Refusal(
      "sample --license mit",
      "dcgan sample: --source, --license and --evaluation fill the card of a data set; give "
        + "--dataset with its folder too, or leave them out"),
    Refusal(
      "sample --dataset d --license CC-BY",
      "dcgan sample: --license expects an identifier of the Hugging Face hub, in lower-case letters, "
        + "digits, dots and hyphens, but found 'CC-BY'; for example --license cc-by-4.0"),
    Refusal(
      "train --resume --init-discriminator a.safetensors",
      "dcgan train: --resume and --init-discriminator exclude each other: a resumed run "
        + "continues with its own weights; leave one out"),
    Refusal(
      "train --data d --augment none --augment-target 0.6",
      "dcgan train: --augment-target says how many images are altered, but neither --augment nor a "
        + "named --recipe says how; add --augment translation or --recipe stable, or leave --augment-target out"
    ),
    Refusal(
      "train --data d --augment-target 0.6",
      "dcgan train: --augment-target says how many images are altered, but neither --augment nor a "
        + "named --recipe says how; add --augment translation or --recipe stable, or leave --augment-target out"
    ),
    Refusal(
      "train --data d --final-lr 1e-3",
      "dcgan train: --final-lr 0.001 lies not below the learning rates, which fall to it; lower it, or "
        + "leave it out"),
    Refusal(
      "train --data d --ema 0.9 --ema-images 9000",
      "dcgan train: --ema-images and --ema exclude each other: both set how fast the average forgets; "
        + "leave one out"),
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
      "dcgan review: --verdicts and --seed exclude each other: the review in --out was made "
        + "with its own; leave one out"),
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
      "dcgan evaluate: --samples and --epoch exclude each other: samples are drawn already; "
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
    arguments: networkRefusals + conflicts)
  func refuses(_ refusal: Refusal) { refusal.check() }
}
