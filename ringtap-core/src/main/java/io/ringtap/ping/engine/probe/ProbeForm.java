package io.ringtap.ping.engine.probe;

import io.ringtap.packet.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the requests of a series are like. Series that agree should share one: a batch lays a
/// message out anew when the instance is another than before.
///
/// @param kind what requests
/// @param payloadBytes bytes after the ICMP header, 0 to [#MAX_PAYLOAD_BYTES]
/// @param fill what they are, beside cookie and tag
/// @param header what control messages say of each packet
/// @param mode the options of the socket that it goes through
public record ProbeForm(Kind kind, int payloadBytes, PayloadFill fill, Header header, Mode mode) {
  /// What probes are.
  public enum Kind {
    /// Echo requests.
    ECHO,
    /// ICMP timestamp requests, whose payload is [three times][#TIMESTAMP_BYTES]. There are none in
    /// IPv6.
    TIMESTAMP
  }

  /// The payload of a timestamp request.
  public static final int TIMESTAMP_BYTES = 3 * Integer.BYTES;

  /// The largest payload of an ICMPv6 echo; that in an IPv4 packet is 20 bytes less.
  public static final int MAX_PAYLOAD_BYTES = 65_527;

  /// The most that the options of an IPv4 header can be.
  public static final int MAX_OPTION_BYTES = 40;

  /// What the kernel needs for a small packet beside its bytes.
  private static final int PACKET_OVERHEAD_BYTES = 768;

  /// The most that a reply takes up in a receive buffer.
  public static final int MOST_BUFFER_BYTES = PACKET_OVERHEAD_BYTES + 2 * MAX_PAYLOAD_BYTES;

  /// What control messages say of each packet.
  ///
  /// @param hopLimit TTL or hop limit; 0 takes the system's default
  /// @param trafficClass TOS or traffic class
  /// @param source the address to send from; null leaves the choice to routing
  /// @param interfaceIndex the interface to send through; 0 leaves the choice to routing
  /// @param mark the packets' firewall mark (`SO_MARK`); 0 sets none
  /// @param flowLabel of IPv6, 20 bits; 0 takes what the kernel chooses
  /// @param option an option of the IPv4 header
  public record Header(
      int hopLimit,
      int trafficClass,
      @Nullable IpAddress source,
      int interfaceIndex,
      int mark,
      int flowLabel,
      HeaderOption option) {
    /// All left to the system.
    public static final Header DEFAULT = new Header(0, 0, null, 0, 0, 0, HeaderOption.NONE);
  }

  /// An option of the IPv4 header, which with zeros after it has [#MAX_OPTION_BYTES].
  ///
  /// @param head its first four bytes; 0 for no option
  /// @param hosts addresses that follow, each with four bytes of zeros after it
  public record HeaderOption(int head, List<IpAddress> hosts) {
    public static final HeaderOption NONE = new HeaderOption(0, List.of());
  }

  /// What the kernel takes from the socket and not from the packet. Probes that differ in it cannot
  /// leave in one batch.
  ///
  /// @param pathMtu a value of `IP_MTU_DISCOVER` (`ip(7)`); [#SYSTEM_PATH_MTU] leaves the system's
  /// @param allowsBroadcast whether packets may go to broadcast addresses (`SO_BROADCAST`)
  /// @param isRouted whether routers are used (not with `MSG_DONTROUTE`)
  /// @param loopsMulticast whether this host gets its own multicasts (`IP_MULTICAST_LOOP`)
  public record Mode(
      int pathMtu, boolean allowsBroadcast, boolean isRouted, boolean loopsMulticast) {
    /// The path MTU is as the system's settings say.
    public static final int SYSTEM_PATH_MTU = -1;

    /// As a new socket is.
    public static final Mode DEFAULT = new Mode(SYSTEM_PATH_MTU, false, true, true);
  }

  /// Whether requests carry a cookie.
  boolean hasCookie() {
    return kind == Kind.ECHO && EchoPayload.hasCookie(payloadBytes);
  }

  /// About what a reply takes up in a receive buffer at the most. One that came in fragments lies
  /// there in a piece of memory for each, which it fills by half.
  public int bufferBytes() {
    return PACKET_OVERHEAD_BYTES + 2 * payloadBytes;
  }
}
