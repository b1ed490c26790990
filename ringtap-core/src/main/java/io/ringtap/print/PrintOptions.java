package io.ringtap.print;

import io.ringtap.print.line.Detail;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// How packets are printed. Immutable; begin with [#DEFAULTS]. Addresses and ports are always
/// numbers: look-ups would reveal captured addresses to a name server, and would be slower than
/// packets arrive.
///
/// ```java
/// PrintOptions options = PrintOptions.DEFAULTS.withVerbosity(1).withDump(DumpForm.HEX);
/// ```
public final class PrintOptions implements Cloneable {
  /// What `tcpdump -n` prints, in the time zone of the system.
  public static final PrintOptions DEFAULTS = new PrintOptions();

  private TimeForm time = TimeForm.TIME_OF_DAY;
  private boolean isNanos;
  private ZoneId zone = ZoneId.systemDefault();
  private boolean hasLinkHeader;
  private boolean isQuiet;
  private int verbosity;
  private DumpForm dump = DumpForm.NONE;
  private boolean hasAbsoluteSequences;
  private boolean isTrusting;
  private boolean hasDottedSystems;
  private @Nullable String carried;
  private @Nullable String secret;

  private PrintOptions() {}

  /// The form of the time stamp.
  public PrintOptions withTime(TimeForm form) {
    PrintOptions copy = copy();
    copy.time = form;
    return copy;
  }

  /// Whether seconds have nine decimal places instead of six.
  public PrintOptions withNanos(boolean isWanted) {
    PrintOptions copy = copy();
    copy.isNanos = isWanted;
    return copy;
  }

  /// The time zone of printed times.
  public PrintOptions withZone(ZoneId newZone) {
    PrintOptions copy = copy();
    copy.zone = newZone;
    return copy;
  }

  /// Whether the link-level header is printed: `-e`.
  public PrintOptions withLinkHeader(boolean isWanted) {
    PrintOptions copy = copy();
    copy.hasLinkHeader = isWanted;
    return copy;
  }

  /// Whether less is printed about protocols: `-q`.
  public PrintOptions withQuiet(boolean isWanted) {
    PrintOptions copy = copy();
    copy.isQuiet = isWanted;
    return copy;
  }

  /// How much is printed about protocols: 0; 1 for `-v`, also the IP header and checksums; 2 for
  /// `-vv` and so on.
  ///
  /// @throws IllegalArgumentException if it is negative
  public PrintOptions withVerbosity(int newVerbosity) {
    if (newVerbosity < 0) {
      throw new IllegalArgumentException("verbosity must be 0 or more, not " + newVerbosity);
    }
    PrintOptions copy = copy();
    copy.verbosity = newVerbosity;
    return copy;
  }

  /// The bytes that follow the line.
  public PrintOptions withDump(DumpForm form) {
    PrintOptions copy = copy();
    copy.dump = form;
    return copy;
  }

  /// Whether TCP sequence numbers are printed as they are: `-S`.
  public PrintOptions withAbsoluteSequences(boolean isWanted) {
    PrintOptions copy = copy();
    copy.hasAbsoluteSequences = isWanted;
    return copy;
  }

  /// Whether checksums of IP, TCP and UDP are not verified, which a network card may do later:
  /// `-K`.
  public PrintOptions withTrust(boolean isWanted) {
    PrintOptions copy = copy();
    copy.isTrusting = isWanted;
    return copy;
  }

  /// Whether numbers of autonomous systems above 65535 are printed in two parts: `-b`.
  public PrintOptions withDottedSystems(boolean isWanted) {
    PrintOptions copy = copy();
    copy.hasDottedSystems = isWanted;
    return copy;
  }

  /// The [name][KnownProtocol#name] of the protocol that UDP and TCP carry, whatever their ports:
  /// `-T`; null where ports decide.
  public PrintOptions withCarried(@Nullable String protocol) {
    PrintOptions copy = copy();
    copy.carried = protocol;
    return copy;
  }

  /// The secret with which TCP segments and messages of IS-IS and RSVP are signed, to verify them:
  /// `-M`; null if it is not known.
  public PrintOptions withSecret(@Nullable String newSecret) {
    PrintOptions copy = copy();
    copy.secret = newSecret;
    return copy;
  }

  /// The form of the time stamp.
  public TimeForm time() {
    return time;
  }

  /// Whether seconds have nine decimal places.
  public boolean isNanos() {
    return isNanos;
  }

  /// The time zone of printed times.
  public ZoneId zone() {
    return zone;
  }

  /// Whether the link-level header is printed.
  public boolean hasLinkHeader() {
    return hasLinkHeader;
  }

  /// Whether less is printed about protocols.
  public boolean isQuiet() {
    return isQuiet;
  }

  /// How much is printed about protocols.
  public int verbosity() {
    return verbosity;
  }

  /// The bytes that follow the line.
  public DumpForm dump() {
    return dump;
  }

  /// Whether TCP sequence numbers are printed as they are.
  public boolean hasAbsoluteSequences() {
    return hasAbsoluteSequences;
  }

  /// Whether checksums are not verified.
  public boolean isTrusting() {
    return isTrusting;
  }

  /// Whether numbers of autonomous systems are printed in two parts.
  public boolean hasDottedSystems() {
    return hasDottedSystems;
  }

  /// The protocol that UDP and TCP carry whatever their ports; null where ports decide.
  public @Nullable String carried() {
    return carried;
  }

  /// The secret with which messages are signed; null if it is not known.
  public @Nullable String secret() {
    return secret;
  }

  Detail detail() {
    return new Detail(
        verbosity,
        isQuiet,
        hasLinkHeader,
        dump.isHex,
        hasAbsoluteSequences,
        isTrusting,
        hasDottedSystems,
        secret);
  }

  private PrintOptions copy() {
    try {
      return (PrintOptions) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }
}
