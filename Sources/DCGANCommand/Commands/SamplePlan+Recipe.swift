import Files
import Samples
import Training

extension SamplePlan {
  /// Records how `count` samples are drawn, so that they can be drawn again; nil without a generator.
  ///
  /// Throws what reading the run's settings throws.
  func recipe(
    _ trained: TrainedModel, _ options: SampleOptions, count: Int
  ) throws -> SampleRecipe? {
    guard var recipe = try origin(of: trained, options) else { return nil }
    recipe.count = count
    let precision = trained.backend.precision
    recipe.precision = precision == .float32 ? nil : precision
    let names = classNames(options)
    recipe.drawnClasses = names.isEmpty ? nil : names
    recipe.minReal = options.minimumReal
    recipe.minRealCalibrated = options.minimumCalibrated
    recipe.select = options.selection
    return recipe
  }

  /// Records the networks and the latents.
  private func origin(of trained: TrainedModel, _ options: SampleOptions) throws -> SampleRecipe? {
    let variant = trained.backend.variant.rawValue
    let latents = latents(options).fromAnywhere
    switch trained.origin {
    case .run(let path, let epoch, let metadata):
      var recipe = SampleRecipe(
        variant: variant, run: recordedRun(options) ?? path, epoch: epoch, step: metadata.step,
        runSeed: metadata.seed, latents: latents)
      let configuration = try RunFolder.open(at: path).configuration()
      recipe.note(configuration, digest: configuration.digest)
      recipe.runPath = Folder.absolute(path)
      return recipe
    case .files(let generator, let discriminator):
      return generator.map {
        SampleRecipe(
          variant: variant, generator: $0, discriminator: discriminator, latents: latents)
      }
    }
  }

  /// Returns the run's folder as recorded with the samples; nil where nothing is recorded, or `--run` is
  /// given.
  private func recordedRun(_ options: SampleOptions) -> String? {
    guard case .again(let repetition) = self, !options.isRunGiven else { return nil }
    return repetition.recorded?.run
  }
}
