import Arguments

/// The settings of `dcgan phantom`, every one read and in range.
package struct PhantomOptions: TabledOptions, Equatable {
  /// The folder to write the images to.
  package var out = "./phantoms"
  /// The number of images.
  package var count = 256
  /// Seeds the drawings.
  package var seed: UInt64 = 0
  /// Whether progress is silent.
  package var quiet = false
  /// The names of the options that the user gave.
  package var given: Set<String> = []
}

extension PhantomOptions {
  /// States every option once.
  package static let table = OptionTable<Self>(
    defaults: Self(),
    [
      .value(
        \.out, .text("out", "DIR", what: "a folder", help: "folder to write the images to")),
      .value(\.count, .integer("count", in: 1...1_000_000, help: "images to draw")),
      .value(
        \.seed,
        .seed("seed", help: "seed of the drawings; the same seed gives the same images")),
      .flag(\.quiet, CommonOptions.quiet),
    ])

  /// Describes `dcgan phantom`.
  package static let specification = CommandSpecification(
    name: "phantom",
    purpose: "draw chest phantoms, a data set to practise on",
    groups: table.groups,
    examples: [
      .init("dcgan phantom --out ./phantoms --count 512", "draws 512 images"),
      .init("dcgan train --data ./phantoms --size 32", "trains on them"),
    ],
    notes: [
      "The images show no patient. Their folders are those of the usual chest X-ray data set, so "
        + "that every other command can be tried without real radiographs."
    ])
}
