package io.ringtap.print;

import io.ringtap.print.line.Detail;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// How packets are printed. Addresses and ports are always numbers: lookups would reveal captured
/// addresses to a name server, and would be slower than packets arrive.
///
/// @param time the form of the time stamp
/// @param isNanos whether seconds have nine decimal places instead of six
/// @param zone the time zone of printed times
/// @param hasLinkHeader whether the link-level header is printed: `-e`
/// @param isQuiet whether less is printed about protocols: `-q`
/// @param verbosity 0; 1 for `-v`: the IP header, checksums, names in DNS answers; 2 for `-vv`:
///   also the checksum of UDP over IPv4 and the sequence number of each TCP packet
/// @param dump the bytes that follow the line
/// @param hasAbsoluteSequences whether TCP sequence numbers are printed as they are: `-S`
/// @param isTrusting whether checksums of IP, TCP and UDP are not verified, which a network card
///   may do later: `-K`
/// @param hasDottedSystems whether numbers of autonomous systems above 65535 are printed in two
///   parts: `-b`
/// @param carried the [name][KnownProtocol#name] of the protocol that UDP and TCP carry, whatever
///   their ports: `-T`; null where ports decide
/// @param secret with which TCP segments and messages of IS-IS and RSVP are signed, to verify them:
///   `-M`; null if it is not known
public record PrintOptions(
    TimeForm time,
    boolean isNanos,
    ZoneId zone,
    boolean hasLinkHeader,
    boolean isQuiet,
    int verbosity,
    DumpForm dump,
    boolean hasAbsoluteSequences,
    boolean isTrusting,
    boolean hasDottedSystems,
    @Nullable String carried,
    @Nullable String secret) {

  /// The options for the output of `tcpdump -n`, in the time zone of the system.
  public static final PrintOptions DEFAULTS =
      new PrintOptions(
          TimeForm.TIME_OF_DAY,
          false,
          ZoneId.systemDefault(),
          false,
          false,
          0,
          DumpForm.NONE,
          false,
          false,
          false,
          null,
          null);

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
}
