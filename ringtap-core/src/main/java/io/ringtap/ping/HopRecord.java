package io.ringtap.ping;

import io.ringtap.packet.IpAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What the IPv4 header of a reply has recorded of the way (RFC 791 §3.1), because the request
/// [asked for it][PingOptions#withRecording]. The reply goes on with the record of the request, so
/// it has both ways.
///
/// @param hops those that have written something, in the order of the way
/// @param unrecorded further hops, which would have written a time had there been room; 15 at the
///   most
public record HopRecord(List<RecordedHop> hops, int unrecorded) {
  /// No record.
  public static final HopRecord NONE = new HopRecord(List.of(), 0);

  private static final int END = 0;
  private static final int NO_OPERATION = 1;
  private static final int RECORD_ROUTE = 7;
  private static final int TIMESTAMP = 68;
  private static final int POINTER = 2; // in either option: where the next entry goes, from 1
  private static final int FLAGS = 3; // of a timestamp option: four bits of overflow, four of kind
  private static final int TIMES_ONLY = 0;
  private static final int ROUTE_HEADER_BYTES = 3;
  private static final int TIMESTAMP_HEADER_BYTES = 4;

  /// The record in the options of an IPv4 header; an empty one if they have none, or one that is
  /// damaged.
  static HopRecord in(byte[] options) {
    int at = 0;
    while (at < options.length && options[at] != END) {
      if (options[at] == NO_OPERATION) {
        at++;
        continue;
      }
      int length = at + 1 < options.length ? Byte.toUnsignedInt(options[at + 1]) : 0;
      if (length < ROUTE_HEADER_BYTES || length > options.length - at) {
        return NONE;
      }
      int type = options[at];
      if (type == RECORD_ROUTE || (type == TIMESTAMP && length >= TIMESTAMP_HEADER_BYTES)) {
        return recorded(ByteBuffer.wrap(options, at, length).slice());
      }
      at += length;
    }
    return NONE;
  }

  /// A record of these hops.
  public HopRecord {
    hops = List.copyOf(hops);
  }

  /// Whether no hop has written anything, or would have.
  public boolean isEmpty() {
    return hops.isEmpty() && unrecorded == 0;
  }

  private static HopRecord recorded(ByteBuffer option) {
    boolean isRoute = option.get(0) == RECORD_ROUTE;
    boolean hasTimes = !isRoute;
    boolean hasAddresses = isRoute || (option.get(FLAGS) & 0xf) != TIMES_ONLY;
    int entry = (hasTimes ? Integer.BYTES : 0) + (hasAddresses ? Integer.BYTES : 0);
    int end = Math.min(Byte.toUnsignedInt(option.get(POINTER)) - 1, option.limit());
    List<RecordedHop> hops = new ArrayList<>();
    option.position(isRoute ? ROUTE_HEADER_BYTES : TIMESTAMP_HEADER_BYTES);
    while (option.position() + entry <= end) {
      IpAddress address = hasAddresses ? IpAddress.ofIpv4(option.getInt()) : null;
      hops.add(new RecordedHop(address, hasTimes ? option.getInt() : 0));
    }
    return new HopRecord(hops, isRoute ? 0 : (option.get(FLAGS) & 0xff) >>> 4);
  }
}
