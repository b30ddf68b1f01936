import Foundation
import Support

/// A piece of HTML. What is put into a literal of it is escaped, unless it is HTML itself, so that
/// no path and no file name can become markup.
package struct HTML: Equatable, Sendable, ExpressibleByStringInterpolation {
  /// The text of the piece.
  package let source: String

  /// Takes a literal as it stands.
  package init(stringLiteral source: String) { self.source = source }

  /// Takes a literal with its escaped insertions.
  package init(stringInterpolation: StringInterpolation) { source = stringInterpolation.source }

  /// Collects the parts of a literal.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var source = ""

    /// Begins an empty piece.
    package init(literalCapacity: Int, interpolationCount: Int) {
      source.reserveCapacity(literalCapacity)
    }

    /// Adds markup.
    package mutating func appendLiteral(_ literal: String) { source += literal }

    /// Adds text, escaped.
    package mutating func appendInterpolation(_ text: String) { source += HTML.escaped(text) }

    /// Adds a whole number.
    package mutating func appendInterpolation(_ number: Int) { source += String(number) }

    /// Adds markup.
    package mutating func appendInterpolation(_ html: HTML) { source += html.source }

    /// Adds pieces of markup, each on a line of its own.
    package mutating func appendInterpolation(_ pieces: [HTML]) {
      source += pieces.map(\.source).joined(separator: "\n")
    }

    /// Adds markup where there is any.
    package mutating func appendInterpolation(_ html: HTML?) { source += html?.source ?? "" }

    /// Adds bytes in Base64, which holds nothing to escape.
    package mutating func appendInterpolation(base64 data: Data) {
      source += data.base64EncodedString()
    }
  }

  /// Replaces what means something to HTML, between tags and in attributes, by references, and what
  /// is invisible or turns the direction of writing by `\u{…}`.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case _ where isInvisible(scalar):
        result += scalar.escaped(asASCII: true)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
