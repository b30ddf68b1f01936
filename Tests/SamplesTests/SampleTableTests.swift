import Foundation
import Samples
import TestSupport
import Testing

@Suite struct SampleTableTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: [
    ("file,candidate,score\nsample-0001.png,4,0.5\nsample-0002.png,17,0.25\n", [4, 17]),
    ("candidate\n9\n0\n9\n", [9, 0, 9]),
    ("\u{FEFF}file;candidate;score\r\nsample-0001.png;4;0,5\r\n", [4]),
    ("\"score\",\"candidate\"\n\"0.5\",\"12\"", [12]),
    ("file\tcandidate\tscore\rsample-0001.png\t4\t0,5\rsample-0002.png\t17\t0,25\r", [4, 17]),
    ("note, candidate \n, 999999999 \n\n \n", [999_999_999]),
  ])
  func findsTheCandidates(text: String, candidates: [Int]) throws {
    try folder.write(text, to: "a.csv")
    #expect(try SampleTable(contentsOf: folder.file("a.csv")).candidates == candidates)
  }

  @Test(arguments: [
    ("", "a column 'candidate' in the first line, as samples.csv has it, found ''"),
    (
      "file,score\na,1\n",
      "a column 'candidate' in the first line, as samples.csv has it, found 'file,score'"
    ),
    ("candidate\n", "from 1 to 1000000 candidates, found none"),
    ("candidate\n1\n-1\n", "a candidate from 0 to 999999999 in line 3, found '-1'"),
    ("candidate\n1000000000\n", "a candidate from 0 to 999999999 in line 2, found '1000000000'"),
    ("file,candidate\na.png\n", "a candidate from 0 to 999999999 in line 2, found ''"),
    ("candidate\n1.5\n", "a candidate from 0 to 999999999 in line 2, found '1.5'"),
    (
      "candidate\n99999999999999999999999\n",
      "a candidate from 0 to 999999999 in line 2, found '99999999999999999999999'"
    ),
  ])
  func namesWhatIsWrong(text: String, problem: String) throws {
    try folder.write(text, to: "a.csv")
    let path = folder.file("a.csv")
    #expect(message { _ = try SampleTable(contentsOf: path) } == "\(path): expected \(problem)")
  }

  @Test func bytesThatAreNoTextAreRefused() throws {
    try folder.add(Data([0x63, 0xFF, 0x0A]), as: "a.csv")
    let path = folder.file("a.csv")
    #expect(
      message { _ = try SampleTable(contentsOf: path) }
        == "\(path): expected a table in UTF-8, found other bytes in line 1; "
        + "save it as 'CSV UTF-8' in the spreadsheet")
  }

  @Test func aCandidateBeyondTheLatentsIsNamed() throws {
    try folder.write("candidate\n0\n3\n", to: "a.csv")
    let table = try SampleTable(contentsOf: folder.file("a.csv"))
    let walk = LatentSource(from: 1, to: 2, steps: 3, nz: 4)
    #expect(
      message { try table.check(against: walk, path: "a.csv") }
        == "a.csv: expected candidates below 3, as many as there are latents, found 3")
    try table.check(against: LatentSource(from: 1, to: 2, steps: 4, nz: 4), path: "a.csv")
    try table.check(against: LatentSource(seed: 1, nz: 4), path: "a.csv")
  }

  @Test func `a table has a recipe only if there is one beside it`() throws {
    try folder.write("candidate\n1\n", to: "a.csv")
    #expect(try SampleRecipe.beside(table: folder.file("a.csv")) == nil)
  }

  @Test(arguments: [
    "", "{}", "[1]", "not JSON",
    #"{"epoch":0,"latents":{"seeded":{"seed":1}},"run":"r","run_seed":1,"step":1,"variant":"v","version":"1"}"#,
    #"{"epoch":1,"latents":{"arc":{"from":1,"to":2,"steps":1}},"run":"r","run_seed":1,"step":1,"variant":"v","version":"1"}"#,
    #"{"epoch":1,"latents":{"seeded":{"seed":1,"truncation":0}},"run":"r","run_seed":1,"step":1,"variant":"v","version":"1"}"#,
    #"{"epoch":1,"latents":{"seeded":{"seed":-1}},"run":"r","run_seed":1,"step":1,"variant":"v","version":"1"}"#,
  ])
  func aRecipeThatIsNoneIsRefused(text: String) throws {
    try folder.write(text, to: "samples.json")
    let path = folder.file("samples.json")
    #expect(
      message { _ = try SampleRecipe.beside(table: folder.file("a.csv")) }
        == "\(path): expected the settings that samples were drawn with, as dcgan sample writes "
        + "them, found something else; move the file away and give them as options")
  }
}
