package io.ringtap.ping;

/// What other threads ask of the sending thread.
sealed interface Mail {
  /// Begin a request that has been admitted.
  record Start(Ping ping) implements Mail {}

  /// Let a request send no more.
  record Stop(Ping ping) implements Mail {}

  /// Draw requests from a sweep.
  record Draw(Sweep sweep) implements Mail {}

  /// Let all requests send no more, and draw none.
  record StopAll() implements Mail {}
}
