package io.ringtap.filter.syntax;

import org.jspecify.annotations.Nullable;

/// What a name, number or address is looked for in. Each part is null where the text does not say
/// it.
public record Qualifiers(
    @Nullable ProtocolWord protocol, @Nullable Direction direction, @Nullable Kind kind) {

  public enum Direction {
    SRC("src"),
    DST("dst"),
    SRC_OR_DST("src or dst"),
    SRC_AND_DST("src and dst"),
    ADDR1("addr1"),
    ADDR2("addr2"),
    ADDR3("addr3"),
    ADDR4("addr4"),
    RA("ra"),
    TA("ta");

    private final String word;

    Direction(String word) {
      this.word = word;
    }

    /// How a filter writes it.
    public String word() {
      return word;
    }

    /// Whether only frames of IEEE 802.11 have it.
    public boolean isOfWlan() {
      return compareTo(ADDR1) >= 0;
    }
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
