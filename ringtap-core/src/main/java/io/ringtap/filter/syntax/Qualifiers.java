package io.ringtap.filter.syntax;

import org.jspecify.annotations.Nullable;

/// What a name, number or address is looked for in. Each part is null where the text does not say
/// it.
public record Qualifiers(
    @Nullable ProtocolWord protocol, @Nullable Direction direction, @Nullable Kind kind) {

  public enum Direction {
    SRC,
    DST,
    SRC_OR_DST,
    SRC_AND_DST
  }

  public enum Kind {
    HOST,
    NET,
    PORT,
    PORTRANGE,
    GATEWAY,
    PROTO,
    PROTOCHAIN
  }
}
