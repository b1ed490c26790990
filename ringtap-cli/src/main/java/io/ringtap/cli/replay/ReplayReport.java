package io.ringtap.cli.replay;

/// Prints the account of a replay.
interface ReplayReport {
  void summary(Account account);
}
