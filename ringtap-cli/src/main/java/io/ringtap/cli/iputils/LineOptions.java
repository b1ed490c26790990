package io.ringtap.cli.iputils;

import picocli.CommandLine.Option;

/// The options about what is printed.
final class LineOptions {
  @Option(
      names = "-f",
      description = "Flood: a probe at each reply, and at least 100 a second. Prints dots.")
  boolean isFlood;

  @Option(names = "-q", description = "Print only the first line and the summary.")
  boolean isQuiet;

  @Option(
      names = "-v",
      description = "Print the identifier, and mark further replies of a group as duplicates.")
  boolean isVerbose;

  @Option(names = "-O", description = "Print before a probe that the one before has no answer yet.")
  boolean isOutstanding;

  @Option(names = "-D", description = "Begin lines with the time, in seconds since the epoch.")
  boolean isStamped;

  @Option(names = "-a", description = "Ring the bell at each reply.")
  boolean isAudible;

  @Option(names = "-n", description = "Look no names up.")
  boolean isNumeric;

  @Option(names = "-H", description = "Look names up, even if the destination is an address.")
  boolean isLookedUp;

  @Option(names = "-3", description = "Print times with three decimals, whatever their size.")
  boolean isPrecise;

  @Option(
      names = "-U",
      description = "No effect: times are from the kernel's packet stamps in any case.")
  boolean isUserToUser;
}
