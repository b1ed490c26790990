package io.ringtap.ping;

import io.ringtap.packet.IpAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a router, or the target, has written into the IPv4 header of a packet that passed it (RFC
/// 791 §3.1), because the request [asked for it][PingOptions#withRecording]. The reply goes on with
/// the record of the request, so it has both ways.
///
/// @param address of the interface that it left by; null if only times were asked for
/// @param millis the time there, in milliseconds since midnight UT; with the highest bit set, and
///   so negative here, it is of another kind; 0 if times were not asked for
public record RecordedHop(@Nullable IpAddress address, int millis) {
  private static final int END = 0;
  private static final int NO_OPERATION = 1;
  private static final int RECORD_ROUTE = 7;
  private static final int TIMESTAMP = 68;
  private static final int POINTER = 2; // in either option: where the next entry goes, from 1
  private static final int FLAGS = 3; // of a timestamp option, in its low four bits
  private static final int TIMES_ONLY = 0;
  private static final int ROUTE_HEADER_BYTES = 3;
  private static final int TIMESTAMP_HEADER_BYTES = 4;

  /// The hops that the options of an IPv4 header have recorded; none if they have no record, or one
  /// that is damaged.
  static List<RecordedHop> in(byte[] options) {
    int at = 0;
    while (at < options.length && options[at] != END) {
      if (options[at] == NO_OPERATION) {
        at++;
        continue;
      }
      int length = at + 1 < options.length ? Byte.toUnsignedInt(options[at + 1]) : 0;
      if (length < ROUTE_HEADER_BYTES || length > options.length - at) {
        return List.of();
      }
      int type = options[at];
      if (type == RECORD_ROUTE || (type == TIMESTAMP && length >= TIMESTAMP_HEADER_BYTES)) {
        return recorded(ByteBuffer.wrap(options, at, length).slice());
      }
      at += length;
    }
    return List.of();
  }

  private static List<RecordedHop> recorded(ByteBuffer option) {
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
    return List.copyOf(hops);
  }
}
