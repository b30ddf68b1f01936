import DCGANCommand
import Foundation
import Testing

@Suite struct HTMLTests {
  @Test(arguments: [
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("\" onload='x' &amp;", "&quot; onload=&#39;x&#39; &amp;amp;"),
    ("Röntgen/胸.png", "Röntgen/胸.png"),
    ("a\u{202E}b\n\u{1B}[31m\u{0}", "a\\u{202E}b\\n\\u{1B}[31m\\0"),
    ("a\u{2028}b", "a\\u{2028}b"),
  ])
  func textIsEscaped(_ text: String, _ expected: String) {
    let html: HTML = "<p title=\"\(text)\">\(text)</p>"
    #expect(html.source == "<p title=\"\(expected)\">\(expected)</p>")
  }

  @Test func markupAndNumbersAreNot() {
    let inner: HTML = "<b>\(3)</b>"
    let none: HTML? = nil
    let html: HTML = "<p>\(inner)\(none)\([inner, "<i>"])\(base64: Data([255, 254]))</p>"
    #expect(html.source == "<p><b>3</b><b>3</b>\n<i>//4=</p>")
  }
}
