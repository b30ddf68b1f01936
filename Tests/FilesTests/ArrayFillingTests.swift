import Testing

@Suite struct ArrayFillingTests {
  private struct Refusal: Error {}

  @Test func theBytesAreTheElements() {
    let array = [UInt16](count: 3) { $0.copyBytes(from: [1, 0, 2, 1, 255, 255]) }
    #expect(array == [1, 258, 65_535])
  }

  @Test func noElementAsksForNoByte() throws {
    #expect(try [Float](count: 0) { _ in throw Refusal() } == [])
    #expect(throws: Refusal.self) { try [Float](count: 1) { _ in throw Refusal() } }
  }
}
