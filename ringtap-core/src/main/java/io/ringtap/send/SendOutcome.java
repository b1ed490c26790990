package io.ringtap.send;

import io.ringtap.error.Errno;

/// The outcome of sending one frame.
public sealed interface SendOutcome {
  /// The kernel took it.
  record Sent() implements SendOutcome {}

  /// The frame does not fit the interface, and was not passed to the kernel.
  ///
  /// @param reason why the frame does not fit
  record Refused(Refusal reason) implements SendOutcome {}

  /// The kernel refused the frame: `ENETDOWN` while the interface is down, `ENOBUFS` or `EAGAIN` if
  /// there was no room for too long.
  ///
  /// @param errno the error of the send call
  record RefusedByKernel(Errno errno) implements SendOutcome {}
}
