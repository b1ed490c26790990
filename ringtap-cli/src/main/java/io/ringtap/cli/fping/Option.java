package io.ringtap.cli.fping;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The options of fping 5.5, in the order of the help.
enum Option {
  IPV4('4', "ipv4", null, "only IPv4"),
  IPV6('6', "ipv6", null, "only IPv6"),
  SIZE('b', "size", "BYTES", "bytes of data in a probe (default: 56)"),
  BACKOFF('B', "backoff", "N", "wait N times as long for each retry (1.0 to 5.0, default: 1.5)"),
  COUNT('c', "count", "N", "send N probes to each target, whatever it answers"),
  FILE('f', "file", "FILE", "take targets from a file (- is standard input)"),
  GENERATE(
      'g',
      "generate",
      null,
      "targets are all addresses of a network, or from one to another: -g 192.0.2.0/24, or -g"
          + " 192.0.2.1 192.0.2.99"),
  TTL('H', "ttl", "N", "TTL or hop limit of the probes"),
  INTERVAL(
      'i', "interval", "MSEC", "from one probe to the next, whatever the target (default: 10 ms)"),
  INTERFACE('I', "iface", "IFACE", "send through an interface"),
  OUT_INTERFACE(Option.NO_LETTER, "oiface", "IFACE", "the same as -I"),
  MARK('k', "fwmark", "MARK", "firewall mark of the probes"),
  LOOP('l', "loop", null, "probe until interrupted"),
  ALL_ADDRESSES('m', "all", null, "probe every address of a name; best with -A"),
  DONT_FRAGMENT('M', "dontfrag", null, "do not let probes be fragmented"),
  TOS('O', "tos", "N", "TOS or traffic class of the probes, decimal or 0x"),
  PERIOD('p', "period", "MSEC", "from one probe of a target to its next (default: 1000 ms)"),
  RETRIES('r', "retry", "N", "how often to try again where nothing is counted (default: 3)"),
  RANDOM('R', "random", null, "random data in the probes"),
  SOURCE('S', "src", "IP", "send from this address"),
  TIMEOUT(
      't',
      "timeout",
      "MSEC",
      "how long a reply may take (default: 500 ms; with -c, -C and -l the period, but at most 2000"
          + " ms)"),
  CHECK_SOURCE(
      Option.NO_LETTER, "check-source", null, "no reply counts that comes from another address"),
  ICMP_TIMESTAMP(Option.NO_LETTER, "icmp-timestamp", null, "send ICMP timestamp requests"),
  SEQMAP_TIMEOUT(
      Option.NO_LETTER, "seqmap-timeout", "MSEC", "ignored: sequence numbers are not short here"),
  IGNORED('T', null, "N", "ignored, as by fping"),
  ALIVE('a', "alive", null, "only targets that answer"),
  ADDRESS('A', "addr", null, "targets by their addresses"),
  VERBOSE_COUNT('C', "vcount", "N", "as -c, with the time of every probe at the end"),
  REVERSE('d', "rdns", null, "targets by the names of their addresses"),
  TIMESTAMP('D', "timestamp", null, "the time before each line"),
  TIMESTAMP_FORMAT(
      Option.NO_LETTER, "timestamp-format", "FORMAT", "that time as ctime, iso or rfc3339"),
  ELAPSED('e', "elapsed", null, "how long the reply of a target took"),
  HELP('h', "help", null, "these options"),
  JSON('J', "json", null, "JSON, with -c, -C or -l"),
  NAME('n', "name", null, "targets that are given as addresses by their names"),
  NETDATA('N', "netdata", null, "what netdata reads, with -l and -Q"),
  OUTAGE('o', "outage", null, "lost probes as time"),
  QUIET('q', "quiet", null, "only what comes at the end"),
  REPORT_EVERY(
      'Q',
      "squiet",
      "SECS[,cumulative]",
      "as -q, with the state of all targets every SECS seconds: since the last time or, if"
          + " cumulative, since the beginning"),
  STATISTICS('s', "stats", null, "totals at the end"),
  UNREACHABLE('u', "unreach", null, "only targets that do not answer"),
  VERSION('v', "version", null, "the version"),
  REACHABLE('x', "reachable", "N", "whether at least N targets answer"),
  FAST_REACHABLE('X', "fast-reachable", "N", "the same, ending as soon as N have answered"),
  PRINT_TOS(Option.NO_LETTER, "print-tos", null, "TOS or traffic class of replies"),
  PRINT_TTL(Option.NO_LETTER, "print-ttl", null, "TTL or hop limit of replies");

  /// The options below one heading of the help.
  enum Group {
    PROBING("How to probe"),
    PRINTING("What to print");

    private final String heading;

    Group(String heading) {
      this.heading = heading;
    }

    String heading() {
      return heading;
    }
  }

  private static final char NO_LETTER = 0;
  private static final Option[] ALL = values();

  private final char letter;
  private final @Nullable String word;
  private final @Nullable String value;
  private final String meaning;

  Option(char letter, @Nullable String word, @Nullable String value, String meaning) {
    this.letter = letter;
    this.word = word;
    this.value = value;
    this.meaning = meaning;
  }

  boolean hasValue() {
    return value != null;
  }

  /// What stands for the value in the help; null for an option without a value.
  @Nullable String value() {
    return value;
  }

  String meaning() {
    return meaning;
  }

  Group group() {
    return compareTo(ALIVE) < 0 ? Group.PROBING : Group.PRINTING;
  }

  boolean hasLetter() {
    return letter != NO_LETTER;
  }

  /// As it is typed: `-c` and `--count`, or one of the two.
  List<String> names() {
    List<String> names = new ArrayList<>();
    if (letter != NO_LETTER) {
      names.add("-" + letter);
    }
    if (word != null) {
      names.add("--" + word);
    }
    return names;
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
