import Arguments
import DCGANCommand
import Support
import Testing

@Suite struct OptionTableTests {
  /// A colour, as an option names it.
  private enum Colour: String, CaseIterable { case red, green }

  /// Settings of every kind of field, of a command that exists here only.
  private struct PaintOptions: TabledOptions, Equatable {
    var picture: String
    var coats = 2
    var colour = Colour.red
    var limit: Int?
    var width: Int? = 40
    var names: [String] = []
    var isDry = false
    var given: Set<String> = []

    private init(picture: String) { self.picture = picture }

    static let table = OptionTable<Self>(
      defaults: Self(picture: "wall.png"),
      groups: [
        "What": [
          .required(\.picture, .text("out", "FILE", what: "a file", help: "what to paint")),
          .list(
            \.names, .text("name", "NAME", what: "a name", example: "Ada", help: "who paints")),
        ],
        "How": [
          .value(\.coats, .integer("coats", in: 1...9, help: "layers of paint")),
          .value(\.colour, .name("colour", example: .green, help: "which paint")),
          .optional(\.limit, .integer("limit", in: 1...9, defaultText: "none", help: "hours")),
          .optional(\.width, .integer("width", in: 1...99, help: "of the brush")),
          .flag(\.isDry, Flag("dry", help: "use no paint")),
        ],
      ])

    static let specification = CommandSpecification(
      name: "paint", purpose: "paint a picture", groups: table.groups, examples: [])

    /// Refuses what needs paint where there is none.
    func complete(operands: [String]) throws(UsageError) {
      try refuse([\.coats, \.colour], beside: [\.isDry], because: "there is no paint")
      try refuse([\.isDry], beside: [\.limit, \.width])
    }
  }

  private func read(_ words: String...) throws -> PaintOptions {
    let parser = CommandArgumentParser(command: PaintOptions.specification)
    return try PaintOptions(parser.parse(words))
  }

  private func refusal(_ words: String...) throws -> String {
    let error = try #require(throws: UsageError.self) {
      let parser = CommandArgumentParser(command: PaintOptions.specification)
      _ = try PaintOptions(parser.parse(words))
    }
    return error.message
  }

  @Test func whatIsNotGivenIsTheDefaultOfItsProperty() throws {
    let options = try read("--out", "a.png")
    #expect(options.picture == "a.png" && options.coats == 2 && options.colour == .red)
    #expect(options.limit == nil && options.width == 40)
    #expect(options.names.isEmpty && !options.isDry)
  }

  @Test func everyFieldIsRead() throws {
    let options = try read(
      "--coats=3", "--out", "a", "--name", "B", "--width=7", "--name=A", "--limit", "5",
      "--colour=green")
    #expect(options.coats == 3 && options.limit == 5 && options.names == ["B", "A"])
    #expect(options.width == 7 && options.colour == .green)
    #expect(try read("--out=a", "--dry").isDry)
  }

  @Test func theHelpShowsTheDefaultOfTheProperty() {
    let groups = PaintOptions.table.groups
    #expect(groups.map(\.heading) == ["What", "How"])
    let options = groups.flatMap(\.options)
    #expect(
      options.map(\.name) == ["out", "name", "coats", "colour", "limit", "width", "dry"])
    #expect(options.map(\.defaultText) == [nil, nil, "2", "red", "none", "40", nil])
    #expect(options.map(\.example) == ["wall.png", "Ada", "2", "green", "1", "40", ""])
    #expect(options.filter(\.isRepeatable).map(\.name) == ["name"])
  }

  @Test func aPropertyStandsForItsOption() throws {
    #expect(PaintOptions.table.option(\.isDry).spelling == "--dry")
    let options = try read("--out", "a", "--coats", "2")
    #expect(options.isGiven(\.coats) && !options.isGiven(\.colour) && options.isGiven(\.picture))
    #expect(options.given == ["out", "coats"])
  }

  @Test func refusalsNameTheOption() throws {
    #expect(
      try refusal("--coats", "2") == "--out is missing; give a file, for example --out wall.png")
    #expect(
      try refusal("--out=a", "--coats=x")
        == "--coats expects a whole number from 1 to 9, but found 'x'; for example --coats 2")
    #expect(
      try refusal("--out=a", "--colour=gren")
        == "--colour expects red or green, but found 'gren'; did you mean 'green'?")
    #expect(
      try refusal("--out=a", "--dry", "--colour=red")
        == "--colour and --dry exclude each other: there is no paint; leave one out")
    #expect(
      try refusal("--out=a", "--width=3", "--dry")
        == "--dry and --width exclude each other; leave one out")
  }

  @Test func aRefusalPointsToTheHelpOfTheProgramThatMakesIt() {
    let error = UsageError("no paint", command: "paint")
    #expect(error.text(program: "brush") == "brush paint: no paint\nTry 'brush paint --help'.")
    #expect(
      UsageError("no", command: nil).text(program: "brush") == "brush: no\nTry 'brush --help'.")
  }

  @Test func noTwoOptionsShareAName() {
    for command in Program.dcgan.commands.map(\.specification) {
      #expect(Set(command.options.map(\.name)).count == command.options.count, "\(command.name)")
    }
  }
}
