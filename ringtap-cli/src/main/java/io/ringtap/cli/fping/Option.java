package io.ringtap.cli.fping;

import org.jspecify.annotations.Nullable;

/// The options of fping 5.5.
enum Option {
  IPV4('4', "ipv4", false),
  IPV6('6', "ipv6", false),
  ALIVE('a', "alive", false),
  ADDRESS('A', "addr", false),
  SIZE('b', "size", true),
  BACKOFF('B', "backoff", true),
  COUNT('c', "count", true),
  VERBOSE_COUNT('C', "vcount", true),
  CHECK_SOURCE(Option.NO_LETTER, "check-source", false),
  REVERSE('d', "rdns", false),
  TIMESTAMP('D', "timestamp", false),
  TIMESTAMP_FORMAT(Option.NO_LETTER, "timestamp-format", true),
  ELAPSED('e', "elapsed", false),
  FILE('f', "file", true),
  GENERATE('g', "generate", false),
  HELP('h', "help", false),
  TTL('H', "ttl", true),
  INTERVAL('i', "interval", true),
  INTERFACE('I', "iface", true),
  OUT_INTERFACE(Option.NO_LETTER, "oiface", true),
  ICMP_TIMESTAMP(Option.NO_LETTER, "icmp-timestamp", false),
  JSON('J', "json", false),
  MARK('k', "fwmark", true),
  LOOP('l', "loop", false),
  ALL_ADDRESSES('m', "all", false),
  DONT_FRAGMENT('M', "dontfrag", false),
  NAME('n', "name", false),
  NETDATA('N', "netdata", false),
  OUTAGE('o', "outage", false),
  TOS('O', "tos", true),
  PERIOD('p', "period", true),
  PRINT_TOS(Option.NO_LETTER, "print-tos", false),
  PRINT_TTL(Option.NO_LETTER, "print-ttl", false),
  QUIET('q', "quiet", false),
  REPORT_EVERY('Q', "squiet", true),
  RETRIES('r', "retry", true),
  RANDOM('R', "random", false),
  STATISTICS('s', "stats", false),
  SOURCE('S', "src", true),
  SEQMAP_TIMEOUT(Option.NO_LETTER, "seqmap-timeout", true),
  TIMEOUT('t', "timeout", true),
  IGNORED('T', null, true),
  UNREACHABLE('u', "unreach", false),
  VERSION('v', "version", false),
  REACHABLE('x', "reachable", true),
  FAST_REACHABLE('X', "fast-reachable", true);

  private static final char NO_LETTER = 0;
  private static final Option[] ALL = values();

  private final char letter;
  private final @Nullable String word;
  private final boolean hasValue;

  Option(char letter, @Nullable String word, boolean hasValue) {
    this.letter = letter;
    this.word = word;
    this.hasValue = hasValue;
  }

  boolean hasValue() {
    return hasValue;
  }

  /// The option with a letter; null if no option has it.
  static @Nullable Option of(char letter) {
    for (Option option : ALL) {
      if (option.letter == letter && letter != NO_LETTER) {
        return option;
      }
    }
    return null;
  }

  /// The option with a word, which is not abbreviated; null if no option has it.
  static @Nullable Option of(String word) {
    for (Option option : ALL) {
      if (word.equals(option.word)) {
        return option;
      }
    }
    return null;
  }
}
