import Foundation

extension Console {
  /// Makes the console of this process, takes up the standard descriptors that its parent closed,
  /// and turns off the signal that would end it when a reader of its output goes away: writing then
  /// fails, and the writer decides.
  package static func system() -> Console {
    occupyStandardDescriptors()
    signal(SIGPIPE, SIG_IGN)
    let isTerminal = isatty(STDOUT_FILENO) == 1
    return Console(
      writeOutput: { text throws(OutputError) in
        let code = writeAll(text, to: STDOUT_FILENO)
        // A terminal that was hung up answers with an input/output error: its reader is gone, too.
        if code == EPIPE || code == EIO && isTerminal { throw OutputError.readerGone }
        if code != 0 { throw OutputError.failed(reason: String(cString: strerror(code))) }
      },
      draw: { text in
        // Where standard error itself fails there is nobody left to tell.
        _ = writeAll(text, to: STDERR_FILENO)
      },
      progressStyle: progressStyle(
        isTerminal: isatty(STDERR_FILENO) == 1, environment: ProcessInfo.processInfo.environment),
      columns: { windowColumns(of: STDERR_FILENO) },
      now: { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 })
  }

  /// Opens `/dev/null` where standard input, output or error is closed: else the next file to be
  /// opened would get that number, and the program's words would go into it.
  private static func occupyStandardDescriptors() {
    for descriptor in STDIN_FILENO...STDERR_FILENO
    where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
      // The lowest free number is taken, which is this one. For reading only: a result that cannot
      // be written stays an error.
      _ = open("/dev/null", O_RDONLY)
    }
  }

  /// Returns the width of the terminal behind a descriptor, or 80 where it does not tell.
  private static func windowColumns(of descriptor: Int32) -> Int {
    var size = winsize()
    let status = ioctl(descriptor, UInt(TIOCGWINSZ), &size)
    return status == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }

  /// Writes all of a text, in as many pieces as the system wants; returns 0 or the error's code.
  private static func writeAll(_ text: String, to descriptor: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      var written = 0
      while written < bytes.count {
        let rest = UnsafeRawBufferPointer(bytes)[written...]
        let count = write(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count >= 0 {
          written += count
        } else if errno != EINTR {
          return errno
        }
      }
      return 0
    }
  }
}
