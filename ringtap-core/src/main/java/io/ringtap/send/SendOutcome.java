package io.ringtap.send;

import io.ringtap.error.Errno;

/// What became of one frame.
public sealed interface SendOutcome {
  /// The kernel took it.
  record Sent() implements SendOutcome {}

  /// It does not fit the interface, and the kernel was not asked.
  ///
  /// @param reason why the frame does not fit
  record Refused(Refusal reason) implements SendOutcome {}

  /// The kernel refused it: `ENETDOWN` while the interface is down, `ENOBUFS` or `EAGAIN` if there
  /// was no room for it for long.
  ///
  /// @param errno what the send call returned
  record RefusedByKernel(Errno errno) implements SendOutcome {}
}
