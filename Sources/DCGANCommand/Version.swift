/// Holds the program's version.
package enum Version {
  /// Is the version as `dcgan --version` prints it.
  package static let text = "0.1.0"
}
