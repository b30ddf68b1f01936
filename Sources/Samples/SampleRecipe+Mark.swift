import Imaging

extension ImageMark {
  /// Makes the mark of a picture of samples that are drawn after a recipe, where there is one.
  static func own(
    _ kind: Kind, _ recipe: SampleRecipe?, candidate: Int? = nil, className: String? = nil
  ) -> ImageMark {
    let number = candidate.map { [Detail("candidate", "\($0)")] } ?? []
    return own(
      kind,
      (recipe?.details ?? []) + number + (className.map { [Detail("class", $0)] } ?? []))
  }
}

extension ImageMark {
  /// Makes the mark of an image of a data set, which also says after which images it was made.
  static func ofDataSet(
    _ recipe: SampleRecipe?, candidate: Int, label: String
  ) -> ImageMark {
    let data = recipe?.dataDigest.map { [Detail("data", $0)] } ?? []
    return own(
      .sample,
      (recipe?.details ?? []) + [Detail("candidate", "\(candidate)"), Detail("class", label)] + data
    )
  }
}

extension SampleRecipe {
  /// What decides a candidate's image, and nothing else: neither thresholds nor paths.
  fileprivate var details: [ImageMark.Detail] {
    let run = runDigest.map { [ImageMark.Detail("run", $0)] } ?? []
    let place = epoch.map { [ImageMark.Detail("epoch", "\($0)")] } ?? []
    let files = generator.map { [ImageMark.Detail("generator", $0.digest)] } ?? []
    return run + place + files + latents.details
  }
}

extension LatentRecipe {
  fileprivate var details: [ImageMark.Detail] {
    let origin: [ImageMark.Detail] =
      switch self {
      case .seeded(let seed, _): [.init("seed", "\(seed)")]
      case .arc(let from, let to, let steps, _):
        [.init("seed", "\(from):\(to)"), .init("steps", "\(steps)")]
      case .file: [.init("latents", "file")]
      }
    return origin + (truncation.map { [.init("truncation", "\($0)")] } ?? [])
  }
}
