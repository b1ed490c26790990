package io.ringtap.ping;

import io.ringtap.packet.IpAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Requests for tests that have no pinger.
final class Pings {
  static final IpAddress TARGET = IpAddress.parse("192.0.2.7");
  static final IpAddress OTHER = IpAddress.parse("198.51.100.9");
  static final IpAddress TARGET6 = IpAddress.parse("2001:db8::7");
  static final IpAddress OTHER6 = IpAddress.parse("2001:db8:1::9");

  private Pings() {}

  /// A request to [#TARGET] whose probes may take 100 ms.
  static PingRequest request() {
    return request(TARGET);
  }

  static PingRequest request(IpAddress target) {
    return PingRequest.to(target).with(PingOptions.defaults().withTimeout(Duration.ofMillis(100)));
  }

  static PingRequest request(int payloadBytes) {
    PingRequest request = request();
    return request.with(request.options().withPayloadBytes(payloadBytes));
  }

  /// A request without a pinger to stop it.
  @SuppressWarnings("NullAway")
  static Ping ping(PingRequest request, @Nullable PingListener listener) {
    return new Ping(null, request, listener, null);
  }
}
