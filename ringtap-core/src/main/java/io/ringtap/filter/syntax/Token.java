package io.ringtap.filter.syntax;

/// The kinds of what a filter's text is made of.
enum Token {
  END,
  NUMBER,
  NAME,
  DOTTED,
  IPV6,
  ETHERNET,
  PROTOCOL,

  AND,
  OR,
  NOT,
  SRC,
  DST,
  HOST,
  NET,
  PORT,
  PORTRANGE,
  GATEWAY,
  PROTO,
  PROTOCHAIN,
  MASK,
  LESS,
  GREATER,
  LENGTH,
  BROADCAST,
  MULTICAST,
  INBOUND,
  OUTBOUND,
  IFINDEX,
  VLAN,
  MPLS,
  PPPOED,
  PPPOES,
  GENEVE,
  VXLAN,
  LLC,

  LEFT_PARENTHESIS,
  RIGHT_PARENTHESIS,
  LEFT_BRACKET,
  RIGHT_BRACKET,
  COLON,
  PLUS,
  MINUS,
  STAR,
  SLASH,
  PERCENT,
  AMPERSAND,
  BAR,
  CARET,
  SHIFT_LEFT,
  SHIFT_RIGHT,
  EQUAL,
  NOT_EQUAL,
  BELOW,
  AT_MOST,
  ABOVE,
  AT_LEAST;

  /// Whether it is a word that a name can be spelt like.
  boolean isKeyword() {
    return compareTo(PROTOCOL) >= 0 && compareTo(LLC) <= 0;
  }
}
