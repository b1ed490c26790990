package io.ringtap.print.line;

import org.jspecify.annotations.Nullable;

/// How much is printed about a packet.
///
/// @param verbosity 0, 1 for `-v`, 2 for `-vv` and so on
/// @param isQuiet whether less is printed about protocols: `-q`
/// @param hasLinkHeader whether the link-level header is printed: `-e`
/// @param hasHexDump whether the bytes of every packet follow in hexadecimal
/// @param hasAbsoluteSequences whether TCP sequence numbers are printed as they are: `-S`
/// @param isTrusting whether checksums of IP, TCP and UDP are not verified: `-K`
/// @param hasDottedSystems whether numbers of autonomous systems are printed in two parts: `-b`
/// @param secret with which messages are signed: `-M`; null if it is not known
public record Detail(
    int verbosity,
    boolean isQuiet,
    boolean hasLinkHeader,
    boolean hasHexDump,
    boolean hasAbsoluteSequences,
    boolean isTrusting,
    boolean hasDottedSystems,
    @Nullable String secret) {}
