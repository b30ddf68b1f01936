/// Holds the version of the library and of the program, which are released together.
public enum DCGANVersion {
  /// Is the version as `dcgan --version` prints it, and runs and checkpoints record it.
  public static let current = "0.1.0"
}
