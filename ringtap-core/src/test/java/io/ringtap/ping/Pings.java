package io.ringtap.ping;

import io.ringtap.packet.IpAddress;
import java.time.Duration;

/// Requests for tests that have no pinger.
public final class Pings {
  public static final IpAddress TARGET = IpAddress.parse("192.0.2.7");
  public static final IpAddress OTHER = IpAddress.parse("198.51.100.9");
  public static final IpAddress TARGET6 = IpAddress.parse("2001:db8::7");
  public static final IpAddress OTHER6 = IpAddress.parse("2001:db8:1::9");

  private Pings() {}

  /// A request to [#TARGET] whose probes may take 100 ms.
  public static PingRequest request() {
    return request(TARGET);
  }

  public static PingRequest request(IpAddress target) {
    return PingRequest.to(target).with(PingOptions.DEFAULT.withTimeout(Duration.ofMillis(100)));
  }

  public static PingRequest request(int payloadBytes) {
    PingRequest request = request();
    return request.with(request.options().withPayloadBytes(payloadBytes));
  }
}
