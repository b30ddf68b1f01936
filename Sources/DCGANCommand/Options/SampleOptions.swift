import Arguments
import Evaluation
import Samples
import Support
import Tensor

/// The settings of `dcgan sample`, every one read and in range.
package struct SampleOptions: NetworkOptions, Equatable {
  /// The number of images to write; nil for one for each vector of `latents`.
  package var count: Int? = 64
  /// The classes to draw in turn; empty for each as often as in training.
  package var classes: [String] = []
  /// The least probability of being real, by the discriminator, of an image that is kept.
  package var minimumReal: Float = 0
  /// The least calibrated probability of being real of an image that is kept.
  package var minimumCalibrated: Float = 0
  /// What images are selected by, of more candidates; nil for all that pass the thresholds.
  package var select: SelectionRecipe.Method?
  /// The part of the candidates of a kind that is selected at most.
  package var share = 0.5
  /// Where the real images lie that images are selected by; nil for where the run found them.
  package var data: String?
  /// Bounds the number of candidates; nil only with `latents`, whose file bounds it.
  package var maximumTries: Int?
  /// A table of the candidates to draw again; nil to draw new ones.
  package var from: String?
  /// Seeds the latent vectors.
  package var seed: UInt64 = 0
  /// Bounds the size of the latents' numbers, beyond which they are drawn again; nil for no bound.
  package var truncation: Float?
  /// A safetensors file with the latent vectors; nil to draw them.
  package var latents: String?
  /// The two seeds between whose first vectors to walk; nil to draw independent images.
  package var interpolation: SeedPair?
  /// The number of images of that walk, both ends included.
  package var steps = 32
  /// The folder of the training run.
  package var run = CommonOptions.defaultRun
  /// The epoch whose checkpoint is used; nil for the latest.
  package var epoch: Int?
  /// A file with the generator; nil for the run's.
  package var generator: String?
  /// A file with the discriminator that scores what `generator` makes; nil for none.
  package var discriminator: String?
  /// The format of what convolutions multiply.
  package var precision = Precision.float32
  /// The number of threads; nil for all cores.
  package var threads: Int?
  /// The folder to write the images to.
  package var out = "./samples"
  /// What the images are written as.
  package var format = SampleFormat.png
  /// The folder to write a data set for other programs to, instead of `out`; nil for none.
  package var dataset: String?
  /// The name of the data that the networks were trained on, for the card of the data set.
  package var source: String?
  /// The licence of the data set, by the hub's identifier.
  package var license: String?
  /// A file with the figures of an evaluation, for the card.
  package var evaluation: String?
  /// Whether the result is printed as JSON.
  package var json = false
  /// Whether progress is silent.
  package var quiet = false
  /// The names of the options that the user gave: what is drawn again takes the others from its
  /// record.
  package var given: Set<String> = []

  /// The number of candidates for each wanted image when `--max-tries` is not given.
  static let triesPerImage = 1000

  /// Settles how many images and tries there are; throws where fewer tries than images are allowed,
  /// and where options exclude each other.
  package mutating func complete(operands: [String]) throws(UsageError) {
    try refuseConflicts()
    try refuseNetworks(without: .generator)
    try refuseThresholds()
    if latents != nil, !isGiven(\.count) { count = nil }
    guard let count else { return }
    let least = CellChoice.needed(for: count, share: select == nil ? 1 : share)
    if let maximumTries, maximumTries < least {
      let bound = select == nil ? "--count (\(count))" : "--count divided by --share (\(least))"
      throw refusal(
        "--max-tries expects at least \(bound), but found '\(maximumTries)'; "
          + "raise it or lower --count")
    }
    if latents == nil { maximumTries = maximumTries ?? count * Self.triesPerImage }
  }

  /// Throws where one of the given options excludes another or needs one that is not given.
  private func refuseConflicts() throws(UsageError) {
    try refuse(
      [\.seed, \.truncation], beside: [\.latents], because: "the vectors come from the file")
    try refuse(
      [
        \.from, \.latents, \.seed, \.count, \.minimumReal, \.minimumCalibrated, \.maximumTries,
      ], beside: [\.interpolation],
      because: "the two seeds and --steps determine what is drawn")
    try refuse(
      [\.count, \.minimumReal, \.minimumCalibrated, \.maximumTries], beside: [\.from],
      because: "the table determines what is drawn")
    try refuse(
      [\.select], beside: [\.from, \.interpolation],
      because: "these determine what is drawn, and nothing is left to select among")
    try refuseSelectionSettings()
    try refuse(
      [\.dataset], beside: [\.out, \.interpolation],
      because: "a data set has a folder of its own, and holds independent images")
    try refuse(
      [\.format], beside: [\.dataset], because: "a data set for other programs holds PNG files")
    if dataset == nil, source != nil || license != nil || evaluation != nil {
      throw refusal(
        "--source, --license and --evaluation fill the card of a data set; give --dataset with its "
          + "folder too, or leave them out")
    }
    if let license, !DataSetCard.isLicense(license) {
      throw refusal(
        "--license expects an identifier of the Hugging Face hub, in lower-case letters, digits, dots "
          + "and hyphens, but found \(quoted(license)); for example --license cc-by-4.0")
    }
    if isGiven(\.steps), interpolation == nil {
      throw refusal(
        "--steps counts the images of --interpolate A:B; give that too, or --count for images of "
          + "one seed")
    }
  }

  /// Throws where settings of a selection come without one, and where one lacks its real images.
  private func refuseSelectionSettings() throws(UsageError) {
    if select == nil, isGiven(\.share) || isGiven(\.data) {
      throw refusal(
        "--share and --data are settings of a selection; give --select realism too, or leave them out"
      )
    }
    if select != nil, networks.isFiles, data == nil {
      throw refusal(
        "--select needs the real images, which network files do not name: give --data with their "
          + "folder")
    }
  }

  /// Throws where a threshold goes by scores that networks of files do not give.
  private func refuseThresholds() throws(UsageError) {
    guard networks.isFiles, max(minimumReal, minimumCalibrated) > 0 else { return }
    let option = minimumCalibrated > 0 ? "--min-real-calibrated" : "--min-real"
    if !networks.hasDiscriminator {
      throw refusal(
        "\(option) needs scores, which --generator alone does not give: give --discriminator with "
          + "the file of the network that scores, or leave \(option) out")
    }
    if minimumCalibrated > 0 {
      throw refusal(
        "\(option) needs a calibration, which a run's checkpoints hold and network files do not: "
          + "use --min-real, or --run")
    }
  }
}

extension SampleOptions {
  /// How images are selected; nil where they are not.
  var selection: SelectionRecipe? { select.map { SelectionRecipe($0, share: share) } }

  /// Whether the folder of the run was given.
  var isRunGiven: Bool { isGiven(\.run) }

  /// Whether the seed was given.
  var isSeedGiven: Bool { isGiven(\.seed) }
}
