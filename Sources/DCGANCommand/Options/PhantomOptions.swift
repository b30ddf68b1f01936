import Arguments

/// The settings of `dcgan phantom`, every one read and in range.
package struct PhantomOptions: Sendable, Equatable {
  /// The folder to write the images to.
  package var out: String
  /// The number of images.
  package var count: Int
  /// Seeds the drawings.
  package var seed: UInt64
  /// Whether progress is silent.
  package var quiet: Bool

  /// Reads the options; throws where a value is none of its option's.
  package init(_ arguments: ParsedArguments) throws(UsageError) {
    out = try arguments.value(Self.outOption)
    count = try arguments.value(Self.countOption)
    seed = try arguments.value(Self.seedOption)
    quiet = arguments.isSet(CommonOptions.quiet)
  }
}

extension PhantomOptions {
  static let outOption = Option<String>.text(
    "out", "DIR", what: "a folder", example: "./phantoms", default: "./phantoms",
    help: "folder to write the images to")
  static let countOption = Option<Int>.integer(
    "count", in: 1...1_000_000, default: 256, help: "images to draw")
  static let seedOption = Option<UInt64>.seed(
    "seed", default: 0, help: "seed of the drawings; the same seed gives the same images")

  /// Describes `dcgan phantom`.
  package static let specification = CommandSpecification(
    name: "phantom",
    purpose: "draw chest phantoms, a data set to practise on",
    options: [
      outOption.specification, countOption.specification, seedOption.specification,
      CommonOptions.quiet.specification,
    ],
    examples: [
      .init("dcgan phantom --out ./phantoms --count 512", "draws 512 images"),
      .init("dcgan train --data ./phantoms --size 32", "trains on them"),
    ],
    notes: [
      "The images show no patient. Their folders are those of the usual chest X-ray data set, so "
        + "that every other command can be tried without real radiographs."
    ])
}
