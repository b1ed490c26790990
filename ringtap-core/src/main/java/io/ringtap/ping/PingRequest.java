package io.ringtap.ping;

import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpRange;
import io.ringtap.ping.engine.probe.ProbeSeries;
import io.ringtap.ping.engine.probe.ProbeTarget;
import java.net.IDN;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// A target and how to ping it.
///
/// @param target the address to ping
/// @param scopeId the interface index that a link-local IPv6 address needs, else 0
/// @param options how to ping it
/// @param attachment whatever the caller wants to find again in the listener and the summary
public record PingRequest(
    IpAddress target, int scopeId, PingOptions options, @Nullable Object attachment) {
  /// Checks that there is a target, and how to ping it.
  ///
  /// @throws NullPointerException if there is not
  public PingRequest {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(options, "options");
  }

  /// A request with default options.
  public static PingRequest to(InetAddress target) {
    int scopeId = target instanceof Inet6Address address ? address.getScopeId() : 0;
    return new PingRequest(IpAddress.of(target), scopeId, PingOptions.DEFAULT, null);
  }

  /// A request with default options.
  public static PingRequest to(IpAddress target) {
    return new PingRequest(target, 0, PingOptions.DEFAULT, null);
  }

  /// A request to the first address of a host, with default options and `host` as its attachment.
  /// The name is looked up now, by the calling thread, which waits for it.
  ///
  /// @param host a name, or an address, which may have a scope (`fe80::1%eth0`)
  /// @throws UnknownHostException if the name has no address, or no name server could be reached
  public static PingRequest to(String host) throws UnknownHostException {
    return toAll(host).getFirst();
  }

  /// A request to each address of a host, in the order of the JDK's resolver, with default options
  /// and `host` as their attachment. The name is looked up now, by the calling thread, which waits
  /// for it.
  ///
  /// @param host as [#to(String)] takes it
  /// @return at least one request
  /// @throws UnknownHostException if the name has no address, or no name server could be reached
  public static List<PingRequest> toAll(String host) throws UnknownHostException {
    return Stream.of(InetAddress.getAllByName(ascii(host)))
        .map(address -> to(address).withAttachment(host))
        .toList();
  }

  /// An internationalized name as DNS has it (RFC 3490 §4.1).
  private static String ascii(String host) throws UnknownHostException {
    if (host.chars().allMatch(c -> c < 0x80)) {
      return host;
    }
    try {
      return IDN.toASCII(host);
    } catch (IllegalArgumentException e) {
      throw new UnknownHostException(host + ": not a name: " + e.getMessage());
    }
  }

  /// A request to each of some targets, made when its turn comes: a range may be of any size.
  ///
  /// @param targets a host as [#to(String)] takes it, a prefix (`10.0.0.0/24`, which stands for all
  ///   of its addresses), or a range (`10.0.0.1-10.0.0.9`)
  /// @throws UnknownHostException if it is a name that has no address
  /// @throws IllegalArgumentException if it is a prefix or range that is none
  public static Iterator<PingRequest> each(String targets, PingOptions options)
      throws UnknownHostException {
    // A hyphen may stand in a name too: what comes before it distinguishes the two.
    boolean isRange = targets.matches("[0-9.]+-.*|[0-9a-fA-F.]*:.*-.*|.*/.*");
    if (!isRange) {
      return List.of(to(targets).with(options)).iterator();
    }
    return StreamSupport.stream(IpRange.parse(targets).spliterator(), false)
        .map(address -> new PingRequest(address, 0, options, null))
        .iterator();
  }

  /// The probes that this asks for, of which `listener` hears.
  ProbeSeries series(ProbeSeries.Listener listener) {
    ProbeTarget asked = new ProbeTarget(target, scopeId, options.anySource());
    return new ProbeSeries(asked, options.schedule(), options.form(), listener);
  }

  /// The same target, pinged in another way.
  public PingRequest with(PingOptions newOptions) {
    return new PingRequest(target, scopeId, newOptions, attachment);
  }

  /// The same request with something of the caller's tied to it.
  public PingRequest withAttachment(Object newAttachment) {
    return new PingRequest(target, scopeId, options, newAttachment);
  }
}
