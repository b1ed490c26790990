package io.ringtap.filter.condition;

/// Whether a packet is wanted. Parts are looked at from left to right, and no further than needed:
/// what is not looked at is not loaded, and so cannot drop the packet for being too short.
public sealed interface Condition {
  record Always() implements Condition {}

  record Never() implements Condition {}

  /// A relation of two numbers, both without a sign.
  record Compare(Value left, Relation relation, Value right) implements Condition {}

  enum Relation {
    EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    /// Whether the two have a bit in common.
    ANY_BIT;

    /// Whether it holds for two numbers that are known.
    public boolean holds(int left, int right) {
      return switch (this) {
        case EQUAL -> left == right;
        case GREATER -> Integer.compareUnsigned(left, right) > 0;
        case GREATER_OR_EQUAL -> Integer.compareUnsigned(left, right) >= 0;
        case ANY_BIT -> (left & right) != 0;
      };
    }
  }

  record And(Condition left, Condition right) implements Condition {}

  record Or(Condition left, Condition right) implements Condition {}

  record Not(Condition operand) implements Condition {}

  /// Holds always, and gives a variable its value on the way. A variable is assigned at most once
  /// on any way through the condition, and no value divides: it is not computed where nobody asks
  /// for it.
  record Assign(int variable, Value value) implements Condition {}

  /// Whether a chain of headers has one of the protocol asked for: `ip protochain` and `ip6
  /// protochain`. It takes a loop, which the kernel does not run.
  ///
  /// @param version 4 or 6
  /// @param network where the IP header begins
  /// @param protocol the number of the protocol to find
  record Chain(int version, Value network, int protocol) implements Condition {}
}
