package io.ringtap.filter.syntax;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a filter says of a packet. `position` is the character of the text at which a part begins,
/// from 0. The order of a tree's leaves is that of the text, on which encapsulations depend: `vlan`
/// moves whatever is written after it.
///
/// Chains of `and` and `or` lean to the left and are as deep as the text is long, so whoever walks
/// a tree follows [And#left] and [Or#left] in a loop. Any other way down has an end that a thread's
/// stack has room for.
public sealed interface Expression {
  int position();

  record And(Expression left, Expression right, int position) implements Expression {}

  record Or(Expression left, Expression right, int position) implements Expression {}

  record Not(Expression operand, int position) implements Expression {}

  /// A relation of two numbers, such as `tcp[13] & 2 != 0`.
  record Comparison(Arithmetic left, Relation relation, Arithmetic right, int position)
      implements Expression {}

  /// A name, number or address with what it is to be looked for in, such as `tcp dst port 80`. The
  /// qualifiers are those that hold here, inherited ones included.
  ///
  /// @param operandPosition the character of the text at which the operand begins, from 0
  record Match(Qualifiers qualifiers, Operand operand, int position, int operandPosition)
      implements Expression {}

  /// Only a protocol's word, such as `arp` or `csnp`.
  record Protocol(ProtocolWord protocol, int position) implements Expression {}

  /// `broadcast`, with the protocol it stands after, if any.
  record Broadcast(@Nullable ProtocolWord protocol, int position) implements Expression {}

  /// `multicast`, with the protocol it stands after, if any.
  record Multicast(@Nullable ProtocolWord protocol, int position) implements Expression {}

  /// `less N`: a length of at most `length` bytes.
  record Less(long length, int position) implements Expression {}

  /// `greater N`: a length of at least `length` bytes.
  record Greater(long length, int position) implements Expression {}

  record Inbound(int position) implements Expression {}

  record Outbound(int position) implements Expression {}

  record InterfaceIndex(long index, int position) implements Expression {}

  record Vlan(OptionalLong identifier, int position) implements Expression {}

  record Mpls(OptionalLong label, int position) implements Expression {}

  record PppoeDiscovery(int position) implements Expression {}

  record PppoeSession(OptionalLong identifier, int position) implements Expression {}

  record Geneve(OptionalLong vni, int position) implements Expression {}

  record Vxlan(OptionalLong vni, int position) implements Expression {}

  /// `type` and `subtype`: the bits of `mask` in the first byte of a frame of IEEE 802.11 are those
  /// of `bits`.
  record WlanType(int bits, int mask, int position) implements Expression {}

  /// `dir`: where a frame of IEEE 802.11 goes to, as its two bits "to DS" (1) and "from DS" (2).
  record WlanDirection(int bits, int position) implements Expression {}

  /// `llc`, with the kind of PDU, if any.
  record Llc(@Nullable LlcType type, int position) implements Expression {}
}
