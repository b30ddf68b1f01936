import CommandTestSupport
import DCGANCommand
import Testing

@Suite struct ArgumentParserTests {
  private let parser = Program.dcgan.parser

  @Test func valuesFollowOrAreAttached() throws {
    let arguments = try parsed(["train", "--data", "a b", "--epochs=7", "--run=x=y", "--quiet"])
    #expect(
      arguments.values == ["data": ["a b"], "epochs": ["7"], "run": ["x=y"], "quiet": []])
    #expect(arguments.given == ["data", "epochs", "run", "quiet"])
    #expect(arguments.operands.isEmpty)
  }

  @Test func `a value may start with one dash, or with anything after an equals sign`() throws {
    #expect(try parsed(["train", "--run", "-x"]).values == ["run": ["-x"]])
    #expect(try parsed(["train", "--run=--help"]).values == ["run": ["--help"]])
    #expect(try parsed(["train", "--run="]).values == ["run": [""]])
  }

  @Test func repeatableOptionsKeepTheirOrder() throws {
    let arguments = try parsed(["train", "--class", "B", "--data", "x", "--class=A"])
    #expect(arguments.values["class"] == ["B", "A"])
  }

  @Test func `operands and options mix until a double dash`() throws {
    let arguments = try parsed(["score", "a", "--json", "-", "--", "--run", "b", "--"])
    #expect(arguments.operands == ["a", "-", "--run", "b", "--"])
    #expect(arguments.given == ["json"])
  }

  @Test(arguments: [["--help"], ["-h"], ["help"], ["help", "--help"], ["--help", "--help"]])
  func programHelp(_ arguments: [String]) throws {
    #expect(try parser.parse(arguments) == .help(nil))
  }

  @Test(arguments: [
    ["help", "bench"], ["--help", "bench"], ["bench", "--help"], ["bench", "-h"],
    ["bench", "--nonsense", "--steps", "none", "--help"], ["help", "bench", "--help"],
  ])
  func commandHelp(_ arguments: [String]) throws {
    #expect(try parser.parse(arguments) == .help(BenchOptions.specification))
  }

  @Test func helpAfterTheDoubleDashIsAnOperand() throws {
    #expect(try parsed(["score", "--", "--help"]).operands == ["--help"])
  }

  @Test func versionAndNothing() throws {
    #expect(try parser.parse(["--version"]) == .version)
    #expect(try parser.parse([]) == .nothing)
  }
}
