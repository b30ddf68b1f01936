/// The version of the library and of the program, which are released together.
public enum DCGANVersion {
  /// The version as `dcgan --version` prints it, and runs and checkpoints record it.
  public static let current = "0.1.0"

  /// The day from which the version is, as the manual page names it.
  public static let date = "2026-11-25"
}
