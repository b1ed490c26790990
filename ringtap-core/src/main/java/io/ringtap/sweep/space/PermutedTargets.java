package io.ringtap.sweep.space;

import io.ringtap.sweep.SweepTarget;
import io.ringtap.sweep.SweepTargets;
import java.util.Arrays;
import java.util.List;

/// The addresses of a space, or each with each of some ports, in the order of a [Permutation]. The
/// shards of a sweep take turns in it, so that each is spread over all networks. Immutable.
public final class PermutedTargets implements SweepTargets {
  private static final int MAX_PORT = 65_535;

  private final AddressSpace space;
  private final int[] ports; // in order; 0 for probes that have none
  private final Shard shard;
  private final long span;
  private final long size;
  private final Permutation permutation;

  private PermutedTargets(AddressSpace space, int[] ports, long seed, Shard shard) {
    this.space = space;
    this.ports = ports;
    this.shard = shard;
    span = space.size() * ports.length;
    size = (span - shard.number() + shard.count()) / shard.count();
    permutation = new Permutation(Math.max(1, span), seed);
  }

  /// The addresses, for probes without ports.
  ///
  /// @param seed chooses the order; the same for all shards, and in each run that goes on
  public static PermutedTargets of(AddressSpace space, long seed, Shard shard) {
    return new PermutedTargets(space, new int[1], seed, shard);
  }

  /// Each address with each port.
  ///
  /// @param ports 1 to 65 535, at least one; a port that is there twice counts once
  /// @param seed chooses the order; the same for all shards, and in each run that goes on
  /// @throws IllegalArgumentException if a port is out of range, or there are more than 2⁶² targets
  public static PermutedTargets of(
      AddressSpace space, List<Integer> ports, long seed, Shard shard) {
    int[] sorted = ports.stream().mapToInt(Integer::intValue).sorted().distinct().toArray();
    if (sorted.length == 0 || sorted[0] < 1 || sorted[sorted.length - 1] > MAX_PORT) {
      throw new IllegalArgumentException("ports are 1 to 65535, not " + ports);
    }
    if (space.size() > Permutation.MAX_SIZE / sorted.length) {
      throw new IllegalArgumentException("these are more than 2^62 addresses with ports");
    }
    return new PermutedTargets(space, sorted, seed, shard);
  }

  @Override
  public boolean hasIpv4() {
    return space.ipv4Size() > 0;
  }

  @Override
  public boolean hasIpv6() {
    return space.ipv4Size() < space.size();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public long span() {
    return span;
  }

  @Override
  public void read(long position, SweepTarget into) {
    long index = permutation.at(position * shard.count() + shard.number() - 1);
    int count = ports.length;
    long address = count == 1 ? index : index / count;
    space.read(address, ports[(int) (index - address * count)], into);
  }

  @Override
  public long indexOf(boolean isIpv6, long high, long low, int port) {
    long address = space.indexOf(isIpv6, high, low);
    int at = Arrays.binarySearch(ports, port);
    return address < 0 || at < 0 ? -1 : address * ports.length + at;
  }
}
