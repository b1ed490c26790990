package io.ringtap.sweep.space;

import io.ringtap.sweep.SweepTarget;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// A set of addresses, each with an index from 0 on: IPv4 before IPv6. Its memory grows with the
/// ranges that it is made of, not with the addresses. Immutable.
///
/// It consists of disjoint blocks. A block has every address whose high 64 bits are in one range
/// and whose low 64 bits are in another: for IPv4 a range of addresses, for IPv6 that or the same
/// interface identifiers in many networks.
public final class AddressSpace {
  private static final int DIGEST_BYTES = 16;

  private final int ipv4Blocks; // these come first
  private final long[] highs; // the first address of each block
  private final long[] lows;
  private final long[] widths; // how many addresses it has for each value of the high bits
  private final long[] begins; // the index of its first address; after the last block, the size

  AddressSpace(BlockList blocks) {
    ipv4Blocks = blocks.ipv4Count();
    highs = blocks.highs();
    lows = blocks.lows();
    widths = blocks.widths();
    begins = blocks.begins();
  }

  /// Gathers what a space consists of.
  public static SpaceBuilder builder() {
    return new SpaceBuilder();
  }

  /// The number of addresses.
  public long size() {
    return begins[highs.length];
  }

  /// The number of IPv4 addresses. Their indexes are those below it.
  public long ipv4Size() {
    return begins[ipv4Blocks];
  }

  /// The index of an address, or -1 if it is not in the space.
  ///
  /// @param high the first eight bytes of an IPv6 address, or 0
  /// @param low the last eight bytes of an IPv6 address, or an IPv4 address as a number without
  ///   sign
  public long indexOf(boolean isIpv6, long high, long low) {
    int from = isIpv6 ? ipv4Blocks : 0;
    int nearest = lastAtMost(from, isIpv6 ? highs.length : ipv4Blocks, high, -1);
    if (nearest < from) {
      return -1;
    }
    // Blocks that begin with the same high bits also end with the same.
    int block = lastAtMost(from, nearest + 1, highs[nearest], low);
    if (block < from || highs[block] != highs[nearest]) {
      return -1;
    }
    long row = high - highs[block];
    long column = low - lows[block];
    long rows = (begins[block + 1] - begins[block]) / widths[block];
    boolean isInside =
        Long.compareUnsigned(row, rows) < 0 && Long.compareUnsigned(column, widths[block]) < 0;
    return isInside ? begins[block] + row * widths[block] + column : -1;
  }

  /// The last block that begins at an address or before it; `from` - 1 if none does.
  private int lastAtMost(int from, int to, long high, long low) {
    int below = from;
    int above = to;
    while (below < above) {
      int middle = (below + above) >>> 1;
      int byHigh = Long.compareUnsigned(highs[middle], high);
      if (byHigh < 0 || (byHigh == 0 && Long.compareUnsigned(lows[middle], low) <= 0)) {
        below = middle + 1;
      } else {
        above = middle;
      }
    }
    return below - 1;
  }

  /// Writes an address.
  ///
  /// @param index from 0 to the space's size - 1
  /// @param port that is written with it
  void read(long index, int port, SweepTarget into) {
    int found = Arrays.binarySearch(begins, index);
    int block = found >= 0 ? found : -2 - found;
    long offset = index - begins[block];
    long width = widths[block];
    long row = offset < width ? 0 : offset / width;
    long low = lows[block] + offset - row * width;
    if (block < ipv4Blocks) {
      into.ipv4((int) low, port);
    } else {
      into.ipv6(highs[block] + row, low, port);
    }
  }

  /// A fingerprint of which address has which index, in hexadecimal digits: equal if all have the
  /// same.
  public String digest() {
    ByteBuffer text = ByteBuffer.allocate(Long.BYTES * (1 + 4 * highs.length));
    text.putLong(ipv4Blocks);
    for (int i = 0; i < highs.length; i++) {
      text.putLong(highs[i]).putLong(lows[i]).putLong(widths[i]).putLong(begins[i + 1]);
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.array());
      return HexFormat.of().formatHex(Arrays.copyOf(digest, DIGEST_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has SHA-256", e);
    }
  }
}
