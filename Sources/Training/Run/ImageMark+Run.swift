import DCGAN
import Imaging

extension ImageMark {
  /// Makes the mark of a picture of the run with these settings.
  package static func own(
    _ kind: Kind, _ configuration: RunConfiguration, epoch: Int? = nil
  ) -> ImageMark {
    own(
      kind,
      [Detail("run", configuration.digest)] + (epoch.map { [Detail("epoch", "\($0)")] } ?? []))
  }

  /// Makes the mark of a picture that this version draws.
  package static func own(_ kind: Kind, _ details: [Detail] = []) -> ImageMark {
    ImageMark(program: "dcgan \(DCGANVersion.current)", kind: kind, details: details)
  }
}
