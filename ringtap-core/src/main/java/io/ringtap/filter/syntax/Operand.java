package io.ringtap.filter.syntax;

/// What stands after qualifiers.
public sealed interface Operand {
  /// A name to be looked up, without the `\` that may have escaped it.
  record Name(String text) implements Operand {}

  /// Only a number, decimal, octal or hexadecimal, at most 2³² - 1. A DECnet address, `area.node`,
  /// is one too: the area in six bits above the ten of the node.
  @SuppressWarnings("AvoidCommonTypeNames") // the language's word, always written Operand.Number
  record Number(long value) implements Operand {}

  /// Two to four numbers with dots between them.
  ///
  /// @param bits the numbers given, from the left; what is missing at the right is zero
  /// @param parts how many numbers were given
  record Dotted(int bits, int parts) implements Operand {}

  /// A network by its prefix, such as `10.1/16` or `10/8`.
  record DottedPrefix(int bits, int parts, int prefixLength) implements Operand {}

  /// A network by its mask, such as `net 10.0.0.0 mask 255.0.0.0`.
  record DottedMask(int bits, int parts, int mask, int maskParts) implements Operand {}

  /// An IPv6 address or network.
  ///
  /// @param prefixLength 128 for an address
  record Ipv6(long high, long low, int prefixLength, boolean hasPrefix) implements Operand {}

  /// An Ethernet address, in the low 48 bits.
  record Ethernet(long address) implements Operand {}

  /// The addresses and networks in a file.
  record InFile(String name) implements Operand {}

  /// Two numbers or names of ports with `-` between them. `portrange` also takes a [Number] or
  /// [Name] without a second one.
  record Range(String first, String last) implements Operand {}
}
