package io.ringtap.ping.engine.probe;

/// By what the requests of a pinger are known on the wire.
///
/// @param identifiers its ICMP identifiers
/// @param tag four bytes in the payload, where there is room for them: a number of this pinger's
///   own, which address translation leaves alone
public record ProbeIdentity(IdentifierBlock identifiers, int tag) {}
