package io.ringtap.cli.fping;

import io.ringtap.packet.IpAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What a command line asks for. The options count in their order, so the first mistake is the one
/// that is reported, and of an option that is given twice the last counts.
///
/// The fields are written while the command line is read, and not after that.
final class Settings {
  /// How `-D` writes the time.
  enum TimeFormat {
    SECONDS,
    CTIME,
    ISO,
    RFC3339
  }

  /// Which targets are shown, and how.
  enum Lines {
    /// `TARGET is alive` or `TARGET is unreachable`.
    ALL,
    ALIVE,
    UNREACHABLE,
    NONE;

    boolean isAliveShown() {
      return this == ALL || this == ALIVE;
    }
  }

  private static final double LEAST_BACKOFF = 1;
  private static final double MOST_BACKOFF = 5;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long LONGEST_DERIVED_TIMEOUT = 2 * NANOS_PER_SECOND;
  private static final long LONGEST = TimeUnit.DAYS.toNanos(1); // as PingOptions has it
  private static final int ICMP_HEADER_BYTES = 8;
  private static final int TIMESTAMP_BYTES = 12; // three times of a timestamp message (RFC 792)
  private static final int MOST_PAYLOAD = 65_507; // in IPv4, and of fping in IPv6 too
  private static final int MOST_TOS = 255;
  private static final int MOST_HOPS = 255;

  // Which targets.
  List<String> targets = List.of();
  @Nullable String file;
  boolean isGenerated;
  boolean isIpv4;
  boolean isIpv6;
  boolean isEveryAddress;

  // How they are probed. Times are nanoseconds.
  int count;
  boolean isCounting;
  boolean isEndless;
  int retries = 3;
  double backoff = 1.5;
  long timeout = -1;
  long interval = 10 * NANOS_PER_MILLI;
  long period = NANOS_PER_SECOND;
  int payloadBytes = 56;
  int hopLimit;
  int trafficClass;
  int mark;
  int interfaceIndex;
  @Nullable IpAddress source4;
  @Nullable IpAddress source6;
  boolean isSourceChecked;
  boolean isDontFragment;
  boolean isRandom;
  boolean isIcmpTimestamp;

  // What is shown.
  Lines lines = Lines.ALL;
  boolean isEachShown; // a line for each probe
  boolean isEveryTimeShown; // the summary has the time of every probe
  boolean isQuiet;
  boolean isElapsedShown;
  boolean isStamped;
  TimeFormat timeFormat = TimeFormat.SECONDS;
  boolean isAddressShown;
  boolean isNameShown;
  boolean isReverse;
  boolean isOutageShown;
  boolean isStatistics;
  boolean isJson;
  boolean isNetdata;
  boolean isTosShown;
  boolean isTtlShown;
  long reportEvery; // 0 for never
  boolean isCumulative;
  int leastReachable; // 0 where all are to be
  boolean isEndedEarly; // by as many

  /// Whether the usage or the version is all that is wanted, which is then here.
  @Nullable String answer;

  private boolean isAliveWanted;
  private boolean isUnreachableWanted;
  private boolean isSizeGiven;
  private boolean isInterfaceGiven;
  private boolean isOutInterfaceGiven;

  private Settings() {}

  /// Reads a command line.
  ///
  /// @throws Refusal of the first thing that is wrong with it
  static Settings of(String[] words) throws Refusal {
    Settings settings = new Settings();
    if (Usage.isIpv6()) {
      settings.isIpv6 = true;
    }
    List<String> targets = Words.read(words, settings::take);
    if (settings.answer == null) {
      settings.targets = targets;
      settings.check();
      settings.settle();
    }
    return settings;
  }

  private boolean take(Option option, String value) throws Refusal {
    switch (option) {
      case IPV4 -> ipv4("can't specify both -4 and -6");
      case IPV6 -> {
        if (isIpv4) {
          throw Refusal.of("can't specify both -4 and -6");
        }
        isIpv6 = true;
      }
      case ALIVE -> isAliveWanted = true;
      case ADDRESS -> isAddressShown = true;
      case SIZE -> {
        payloadBytes = whole(value);
        isSizeGiven = true;
      }
      case BACKOFF -> backoff = number(value);
      case COUNT -> count(value);
      case VERBOSE_COUNT -> {
        count(value);
        isEveryTimeShown = true;
      }
      case CHECK_SOURCE -> isSourceChecked = true;
      case REVERSE -> {
        isReverse = true;
        requireOneName();
      }
      case TIMESTAMP -> isStamped = true;
      case TIMESTAMP_FORMAT ->
          timeFormat =
              switch (value) {
                case "ctime" -> TimeFormat.CTIME;
                case "iso" -> TimeFormat.ISO;
                case "rfc3339" -> TimeFormat.RFC3339;
                default -> throw Refusal.withUsage();
              };
      case ELAPSED -> isElapsedShown = true;
      case FILE -> file = value;
      case GENERATE -> isGenerated = true;
      case HELP -> answer = Usage.text();
      case TTL -> hopLimit = positive(value);
      case INTERVAL -> interval = millis(value);
      case INTERFACE -> {
        interfaceIndex = interfaceIndex(value);
        isInterfaceGiven = true;
      }
      case OUT_INTERFACE -> {
        interfaceIndex = interfaceIndex(value);
        isOutInterfaceGiven = true;
      }
      case ICMP_TIMESTAMP -> {
        ipv4("ICMP Timestamp is IPv4 only");
        isIcmpTimestamp = true;
      }
      case JSON -> isJson = true;
      case MARK -> mark = positive(value);
      case LOOP -> isEndless = true;
      case ALL_ADDRESSES -> isEveryAddress = true;
      case DONT_FRAGMENT -> isDontFragment = true;
      case NAME -> {
        isNameShown = true;
        requireOneName();
      }
      case NETDATA -> isNetdata = true;
      case OUTAGE -> isOutageShown = true;
      case TOS -> trafficClass = trafficClass(value);
      case PERIOD -> period = millis(value);
      case PRINT_TOS -> isTosShown = true;
      case PRINT_TTL -> isTtlShown = true;
      case QUIET -> isQuiet = true;
      case REPORT_EVERY -> reportEvery(value);
      case RETRIES -> retries = whole(value);
      case RANDOM -> isRandom = true;
      case STATISTICS -> isStatistics = true;
      case SOURCE -> source(value);
      case SEQMAP_TIMEOUT -> millis(value);
      case TIMEOUT -> timeout = millis(value);
      case IGNORED -> {}
      case UNREACHABLE -> isUnreachableWanted = true;
      case VERSION -> answer = Usage.version();
      case REACHABLE -> leastReachable = positive(value);
      case FAST_REACHABLE -> {
        leastReachable = positive(value);
        isEndedEarly = true;
      }
    }
    return answer == null;
  }

  private void ipv4(String problem) throws Refusal {
    if (isIpv6) {
      throw Refusal.of(problem);
    }
    isIpv4 = true;
  }

  private void count(String value) throws Refusal {
    count = positive(value);
    isCounting = true;
  }

  private void requireOneName() throws Refusal {
    if (isNameShown && isReverse) {
      throw Refusal.of("use either one of -d or -n");
    }
  }

  private void reportEvery(String value) throws Refusal {
    int comma = value.indexOf(',');
    reportEvery = nanos(comma < 0 ? value : value.substring(0, comma), NANOS_PER_SECOND);
    isCumulative |= comma >= 0 && value.substring(comma + 1).equals("cumulative");
    isQuiet = true;
  }

  private void source(String value) throws Refusal {
    try {
      IpAddress source = IpAddress.parse(value);
      if (source.isIpv6()) {
        source6 = source;
      } else {
        source4 = source;
      }
    } catch (IllegalArgumentException e) {
      throw Refusal.of("can't parse source address: " + value);
    }
  }

  private static int interfaceIndex(String name) throws Refusal {
    try {
      NetworkInterface found = NetworkInterface.getByName(name);
      if (found != null) {
        return found.getIndex();
      }
    } catch (SocketException e) {
      // Nor can it be bound to.
    }
    throw Refusal.withText(
        "binding to specific interface (SO_BINDTODEVICE): No such device\n", ExitStatus.BAD_OPTION);
  }

  private static int trafficClass(String value) throws Refusal {
    int radix = 10;
    String digits = value;
    if (value.startsWith("0x") || value.startsWith("0X")) {
      radix = 16;
      digits = value.substring(2);
    } else if (value.length() > 1 && value.charAt(0) == '0') {
      radix = 8;
    }
    int number = whole(digits, radix);
    if (number > MOST_TOS) {
      throw Refusal.withUsage();
    }
    return number;
  }

  private static int positive(String value) throws Refusal {
    int number = whole(value);
    if (number == 0) {
      throw Refusal.withUsage();
    }
    return number;
  }

  private static int whole(String value) throws Refusal {
    return whole(value, 10);
  }

  private static int whole(String value, int radix) throws Refusal {
    boolean isSigned = value.startsWith("-") || value.startsWith("+");
    try {
      long number = isSigned ? -1 : Long.parseLong(value, radix);
      if (number >= 0) {
        return (int) Math.min(number, Integer.MAX_VALUE);
      }
    } catch (NumberFormatException e) {
      // It is no number.
    }
    throw Refusal.withUsage();
  }

  private static long millis(String value) throws Refusal {
    return nanos(value, NANOS_PER_MILLI);
  }

  private static long nanos(String value, long unit) throws Refusal {
    double nanos = number(value) * unit;
    return nanos >= LONGEST ? LONGEST : (long) nanos;
  }

  private static double number(String value) throws Refusal {
    if (value.matches("(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?")) {
      return Double.parseDouble(value);
    }
    throw Refusal.withUsage();
  }

  private void check() throws Refusal {
    if (hopLimit > MOST_HOPS) {
      throw Refusal.of("ttl " + hopLimit + " out of range");
    }
    if (isAliveWanted && isUnreachableWanted) {
      throw Refusal.of("specify only one of a, u");
    }
    if (isInterfaceGiven && isOutInterfaceGiven) {
      throw Refusal.of("specify only --oiface or -I, --iface");
    }
    if (isCounting && isEndless) {
      throw Refusal.of("specify only one of c, l");
    }
    if (isJson && !isSeries()) {
      throw Refusal.of("option -J, --json requires -c, -C, or -l");
    }
    if (payloadBytes > MOST_PAYLOAD) {
      throw Refusal.of(
          "data size " + payloadBytes + " not valid, must not be larger than " + MOST_PAYLOAD);
    }
    if (backoff < LEAST_BACKOFF || backoff > MOST_BACKOFF) {
      throw Refusal.of(
          "backoff factor %.1f not valid, must be between 1.0 and 5.0".formatted(backoff));
    }
    if (isIcmpTimestamp && isSizeGiven) {
      throw Refusal.of("cannot change ICMP Timestamp size");
    }
    boolean isFromFile = file != null;
    boolean isFromTwo = isFromFile && (isGenerated || !targets.isEmpty());
    boolean isNoNetwork = isGenerated && (targets.isEmpty() || targets.size() > 2);
    if (isFromTwo || isNoNetwork) {
      throw Refusal.withUsage();
    }
  }

  /// Works out what follows from several options.
  private void settle() {
    isEachShown = isCounting ? !isQuiet : isEndless && reportEvery == 0;
    boolean isOnly = isAliveWanted || isUnreachableWanted || isQuiet || leastReachable > 0;
    if (isSeries()) {
      lines = Lines.NONE;
    } else if (isOnly) {
      lines = isAliveWanted ? Lines.ALIVE : isUnreachableWanted ? Lines.UNREACHABLE : Lines.NONE;
    }
    period = Math.max(1, period);
    if (timeout < 0) {
      timeout = isSeries() ? Math.min(period, LONGEST_DERIVED_TIMEOUT) : 500 * NANOS_PER_MILLI;
    }
    timeout = Math.clamp(timeout, 1, TimeUnit.HOURS.toNanos(1)); // as PingOptions has it
  }

  /// Whether every target gets a number of probes, or probes without end, whatever it answers; and
  /// not one that is repeated until it has been answered.
  boolean isSeries() {
    return isCounting || isEndless;
  }

  /// Whether no target is answered more than once.
  boolean isAnsweredOnce() {
    return !isEndless && (!isCounting || count == 1);
  }

  /// The length of a reply without the IP header.
  int replyBytes() {
    return (isIcmpTimestamp ? TIMESTAMP_BYTES : payloadBytes) + ICMP_HEADER_BYTES;
  }

  /// Probes of each target whose outcomes matter one by one; 0 is without end.
  int probes() {
    return isCounting ? count : isEndless ? 0 : retries + 1;
  }
}
