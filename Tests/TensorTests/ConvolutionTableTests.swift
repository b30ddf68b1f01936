import Tensor
import TestSupport
import Testing

@Suite struct ConvolutionTableTests {
  @Test func readsLinesAndPassesOverComments() throws {
    let text = """
      # use name batch large I O k s p
      both   first  2 128 3 16  4 2 1

      speed\tsecond 5 8   9 100 8 1 0
      """
    let cases = try ConvolutionCase.parse(text, file: "t")
    #expect(
      cases == [
        ConvolutionCase(
          name: "first", use: .both, large: Shape(2, 128, 128, 3), filter: Shape(4, 4, 3, 16),
          geometry: .halving),
        ConvolutionCase(
          name: "second", use: .speed, large: Shape(5, 8, 8, 9), filter: Shape(8, 8, 9, 100),
          geometry: .whole(8)),
      ])
    #expect(cases.map(\.small) == [Shape(2, 64, 64, 16), Shape(5, 1, 1, 100)])
    #expect(cases.map(\.isWinograd) == [false, false])
  }

  @Test func countsTheOperationsOfTheDefinition() throws {
    let cases = try ConvolutionCase.parse(
      "both slow 2 8 3 16 4 2 1\nboth fast 2 8 32 16 4 2 1", file: "t")
    #expect(cases.map(\.isWinograd) == [false, true])
    // 2 images of 4 × 4 points, each 4 · 4 · I · O products, and as many additions.
    #expect(cases.map(\.directOperations) == [49_152, 524_288])
  }

  @Test func keepsTheUsesThatAreAskedFor() throws {
    let text = "test a 1 4 1 1 4 2 1\nspeed b 1 4 1 1 4 2 1\nboth c 1 4 1 1 4 2 1"
    let measured = try ConvolutionCase.parse(text, file: "t", uses: [.speed, .both])
    #expect(measured.map(\.name) == ["b", "c"])
    let none = TestSupport.message {
      _ = try ConvolutionCase.parse("test a 1 4 1 1 4 2 1", file: "t", uses: [.speed, .both])
    }
    #expect(
      none == "t, line 1: expected at least one line 'use name batch large I O k s p' "
        + "with use speed or both, found none before the end; correct it there")
  }

  static let malformed: [(text: String, message: String)] = [
    (
      "# only this\n",
      "line 2: expected at least one line 'use name batch large I O k s p' "
        + "with use test or speed or both, found none before the end"
    ),
    (
      "both a 1 2 3 4 5 6",
      "line 1: expected nine words 'use name batch large I O k s p', found 8"
    ),
    (
      "#\n\nslow a 1 8 3 4 4 2 1",
      "line 3: expected a use, test, speed or both, found 'slow'"
    ),
    (
      "both a 1 8 3 x 4 2 1",
      "line 1: expected a whole number from 1 to 65536 for O, found 'x'"
    ),
    (
      "both a 0 8 3 4 4 2 1",
      "line 1: expected a whole number from 1 to 65536 for batch, found '0'"
    ),
    (
      "both a 1 8 3 4 4 2 -1",
      "line 1: expected a whole number from 0 to 65536 for p, found '-1'"
    ),
    (
      "both a 1 8 3 4 4 3 1",
      "line 1: expected k at most 256, a multiple of s and above p, found k 4, s 3, p 1"
    ),
    (
      "both a 1 8 3 4 4 2 4",
      "line 1: expected k at most 256, a multiple of s and above p, found k 4, s 2, p 4"
    ),
    (
      "both a 1 512 3 4 512 2 1",
      "line 1: expected k at most 256, a multiple of s and above p, found k 512, s 2, p 1"
    ),
    (
      "\u{1B}]0;x a 1 8 3 4 4 2 1",
      "line 1: expected at most 200 printable ASCII characters, found others, or more"
    ),
    (
      "both a 1 9 3 4 4 2 1",
      "line 1: expected large + 2p - k to be a multiple of s, 0 or above, found 7 with s 2"
    ),
    (
      "both a 1 2 3 4 4 2 0",
      "line 1: expected large + 2p - k to be a multiple of s, 0 or above, found -2 with s 2"
    ),
    (
      "both a 65536 256 2 1 4 2 1",
      "line 1: expected at most 268435456 elements in each of large map, small map and filter, "
        + "found 8589934592, 1073741824, 32"
    ),
  ]

  @Test(arguments: malformed)
  func namesWhatIsWrong(_ text: String, _ message: String) {
    let found = TestSupport.message { _ = try ConvolutionCase.parse(text, file: "dir/t.txt") }
    #expect(found == "dir/t.txt, \(message); correct it there")
  }
}
