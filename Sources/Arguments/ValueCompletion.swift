/// What a shell may offer where a value is to be typed.
package enum ValueCompletion: Sendable, Equatable {
  /// Offers nothing: a number, a name that only the user knows.
  case nothing
  /// Offers these words; whether others are taken is for the option to decide.
  case words([String])
  /// Offers folders.
  case folders
  /// Offers files with one of these endings, in any case, and the folders on the way to them; all
  /// files where there is no ending.
  case files(suffixes: [String])

  /// Takes a placeholder of the help, such as `DIR`, for what it says.
  package init(placeholder: String, suffixes: [String] = []) {
    if placeholder.hasPrefix("DIR") {
      self = .folders
    } else if placeholder.hasPrefix("FILE") || placeholder.hasPrefix("PATH") {
      self = .files(suffixes: suffixes)
    } else {
      self = .nothing
    }
  }
}
