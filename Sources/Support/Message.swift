/// A setting that the caller chooses and for which each program has its own word.
public enum Setting: String, CaseIterable, Sendable {
  case acceptsChangedData, allowsSynthetic, batch, cache, channels, classes, conditional, epoch,
    epochs,
    learningRate, minibatchDeviation
  case ndf, ngf, nz, out, recipe, resume, run, seed, size, split, splitByPatient, steps, window
}

/// A text for people in which settings are named by whoever shows it: the library says `'batch'`, a
/// command line `--batch`.
public struct Message: Sendable, Equatable {
  private enum Part: Sendable, Equatable {
    case text(String)
    case setting(Setting)
  }

  private var parts: [Part] = []

  /// Makes a message of a text that names no setting.
  public init(_ text: String) { append(text) }

  /// Appends a text to the one before it, so that messages of the same words are equal however they were
  /// put together.
  fileprivate mutating func append(_ text: String) {
    guard !text.isEmpty else { return }
    if case .text(let before) = parts.last {
      parts[parts.count - 1] = .text(before + text)
    } else {
      parts.append(.text(text))
    }
  }

  /// Makes the message of an error.
  public init(_ error: any Error) {
    self = (error as? any MessageError)?.message ?? Message(String(describing: error))
  }

  /// Writes the message with the names that `name` gives to settings.
  public func text(naming name: (Setting) -> String) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .setting(let setting): name(setting)
      }
    }.joined()
  }

  /// Appends another message.
  public static func += (message: inout Message, other: Message) {
    for part in other.parts {
      switch part {
      case .text(let text): message.append(text)
      case .setting: message.parts.append(part)
      }
    }
  }

  /// Joins two messages.
  public static func + (first: Message, second: Message) -> Message {
    var message = first
    message += second
    return message
  }
}

extension Message: CustomStringConvertible {
  /// The text with the settings' names of the library, in quotes.
  public var description: String { text { "'\($0.rawValue)'" } }
}

extension Message: ExpressibleByStringInterpolation {
  /// The pieces of a literal: texts, messages and settings.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var message = Message("")

    /// Begins with nothing.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Appends what stands between two interpolations.
    public mutating func appendLiteral(_ literal: String) { message.append(literal) }

    /// Appends a setting, to be named by whoever shows the message.
    public mutating func appendInterpolation(_ setting: Setting) {
      message.parts.append(.setting(setting))
    }

    /// Appends a setting and its value.
    public mutating func appendInterpolation(
      _ setting: Setting, _ value: some CustomStringConvertible
    ) {
      message.parts.append(.setting(setting))
      message.append(" " + String(describing: value))
    }

    /// Appends a message.
    public mutating func appendInterpolation(_ other: Message) { message += other }

    /// Appends what an error says, with its settings.
    public mutating func appendInterpolation(_ error: any Error) { message += Message(error) }

    /// Appends the text of a value.
    public mutating func appendInterpolation(_ value: some Any) {
      message.append(String(describing: value))
    }
  }

  /// Makes a message of a text that names no setting.
  public init(stringLiteral value: String) { self.init(value) }

  /// Makes a message of the pieces of a literal.
  public init(stringInterpolation: StringInterpolation) { self = stringInterpolation.message }
}

/// An error that says what is wrong and what to do in a `Message`.
public protocol MessageError: Error, CustomStringConvertible {
  /// What is wrong, and what to do.
  var message: Message { get }
}

extension MessageError {
  /// The message with the settings' names of the library.
  public var description: String { message.description }
}
