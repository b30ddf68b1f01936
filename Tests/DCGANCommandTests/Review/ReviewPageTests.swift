import DCGANCommand
import Foundation
import Review
import Testing

@Suite struct ReviewPageTests {
  private let fixture: ReviewFixture
  private let review: BlindReview

  init() throws {
    fixture = try ReviewFixture()
    review = try BlindReview(
      BlindReview.Request(
        samples: fixture.folder.file("samples"), data: fixture.folder.file("data"),
        count: 4, seed: 0x1234_5678_9ABC_DEF0))
  }

  @Test func everyImageIsThereInAsManyBytes() throws {
    let page = ReviewPage(review).html.source
    let images = page.matches(of: /\["([a-z]{8})","([A-Za-z0-9+\/=]+)"\]/)
    #expect(images.map { String($0.1) } == review.pictures.map(\.id))
    let pixels = images.map { Data(base64Encoded: String($0.2)).map(Array.init) }
    #expect(pixels == review.pictures.map(\.image.pixels))
    #expect(Set(images.map { $0.0.count }).count == 1)
  }

  @Test func nothingOfTheKeyIsInThePage() throws {
    let page = ReviewPage(review).html.source
    let key = review.key
    let secrets =
      [String(key.seed), String(key.seed, radix: 16), key.samples, key.data, "samples.csv"]
      + key.images.map(\.file) + key.images.compactMap(\.crc32)
    for secret in secrets { #expect(!page.contains(secret), "\(secret)") }
    // With the kinds exchanged and all else of the key changed, the page stays what it is.
    var other = review
    for index in other.key.images.indices {
      let isReal = other.key.images[index].kind == .real
      other.key.images[index].kind = isReal ? .synthetic : .real
      other.key.images[index].file = "sample-0001.png"
      other.key.images[index].scores = nil
      other.key.images[index].crc32 = "00000000"
    }
    other.key.seed = 0
    (other.key.samples, other.key.data, other.key.split) = ("a", "b", "test")
    #expect(ReviewPage(other).html == ReviewPage(review).html)
  }

  @Test func thePageSaysThatItShowsPatients() {
    #expect(
      ReviewPage(review).html.source.contains(
        "<p class=\"note\">This page embeds real images of patients. Keep it where the images may "
          + "be.</p>"))
  }

  @Test func nothingIsFetched() {
    let page = ReviewPage(review).html.source
    #expect(page.contains("default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-"))
    for word in ["://", "url(", "@import", "src=", "href=\"", "unsafe-eval"] {
      #expect(!page.contains(word), "\(word)")
    }
    #expect(page.matches(of: /<script/).count == 2)
  }
}
