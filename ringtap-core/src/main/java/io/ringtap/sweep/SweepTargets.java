package io.ringtap.sweep;

/// What a sweep probes: targets in an order that can be computed, so that a sweep needs no memory
/// for those it has not come to, and can go on from any position.
///
/// A target is an address, or an address and a port for probes that go to ports. Two numbers belong
/// to each:
/// - its **position**, from 0 to [#size] - 1: its turn in the order in which targets are probed;
/// - its **index**, from 0 to [#span] - 1: its place in the space, under which the sweep remembers
///   that it has answered. The span may be larger than the size, if the targets are one shard of
///   several or if a few indexes stand for no target; the memory for duplicates depends on it.
///
/// The same positions must give the same targets in each run that goes on from a saved position. No
/// target may have two positions.
///
/// Implementations are immutable: the sending thread reads positions while the receiving one looks
/// indexes up, once for each probe and answer. Neither method may allocate, block or throw for
/// arguments in range.
public interface SweepTargets {
  /// The most indexes of the targets of a sweep: what its memory for duplicates can tell apart.
  long MAX_SPAN = 1L << 47;

  /// Whether there may be IPv4 addresses among the targets.
  boolean hasIpv4();

  /// Whether there may be IPv6 addresses among the targets.
  boolean hasIpv6();

  /// The number of targets, 0 or more.
  long size();

  /// The number of indexes, [#size] or more, at most [#MAX_SPAN].
  long span();

  /// Writes the target of a position.
  ///
  /// @param position 0 to [#size] - 1
  /// @param into takes address and port; the port is 0 if probes have none
  void read(long position, SweepTarget into);

  /// The index of a target, whose numbers come from an answer.
  ///
  /// @param isIpv6 the family
  /// @param high the first eight bytes of an IPv6 address; 0 for IPv4
  /// @param low the last eight bytes of an IPv6 address, or an IPv4 address as an unsigned number
  /// @param port the port that was probed; 0 if probes have none
  /// @return -1 if no position has this target, as far as that can be computed cheaply: an answer
  ///   proves by its cookie that it was asked for
  long indexOf(boolean isIpv6, long high, long low, int port);
}
