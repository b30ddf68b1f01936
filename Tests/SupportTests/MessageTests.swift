import Support
import Testing

@Suite struct MessageTests {
  private let message: Message = "continue with \(.resume) \(.epoch, 3), or raise \(.epochs)"

  @Test func `the library names settings in quotes`() {
    #expect(message.description == "continue with 'resume' 'epoch' 3, or raise 'epochs'")
  }

  @Test func `a program gives settings its own names`() {
    #expect(
      message.text { "<\($0.rawValue)>" } == "continue with <resume> <epoch> 3, or raise <epochs>")
  }

  @Test func `messages join without losing their settings`() {
    let joined = "a: " + message + "; \(7) of \("x"), \(message)"
    let shown = "continue with R E 3, or raise N"
    let names: [Setting: String] = [.resume: "R", .epoch: "E", .epochs: "N"]
    #expect(joined.text { names[$0] ?? "?" } == "a: \(shown); 7 of x, \(shown)")
  }

  @Test func `an error without settings is its own words`() {
    struct Plain: Error, CustomStringConvertible { let description = "it broke" }
    struct Advised: MessageError { let message: Message = "it broke; see \(.run)" }
    #expect(Message(Plain()).text { _ in "?" } == "it broke")
    #expect(Message(Advised()).text { _ in "R" } == "it broke; see R")
    #expect("\(Advised())" == "it broke; see 'run'")
    let quoted: Message = "x: \(Advised()); y"
    #expect(quoted.text { _ in "R" } == "x: it broke; see R; y")
  }

  @Test func `messages of the same words are equal`() {
    let number = 3
    #expect(Message("epoch 3 of ") + "\(.run)" == "epoch \(number)" + " of \(.run)" + "")
    #expect(Message("epoch 3 of 'run'") != "epoch 3 of \(.run)")
  }
}
