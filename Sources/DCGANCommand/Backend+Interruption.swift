import Tensor

extension Backend {
  /// Returns on all ranks whether one of them was asked to stop.
  func isStopRequested(_ interruption: Interruption = .shared) -> Bool {
    ranks?.gather(interruption.isRequested).contains(true) ?? interruption.isRequested
  }

  /// Returns the code to exit with once the work has stopped, on all ranks that of the first that a signal
  /// reached; nil where nobody asked for that.
  ///
  /// - Parameter interruption: What asks to stop; nil for nothing.
  func exitCode(after interruption: Interruption?) -> ExitCode? {
    let own = interruption?.exitCode?.rawValue ?? 0
    let codes = ranks?.gather(own) ?? [own]
    return codes.first { $0 != 0 }.flatMap(ExitCode.init)
  }
}
