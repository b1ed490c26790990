package io.ringtap.cli.ping;

import io.ringtap.cli.ping.view.Target;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpRange;
import io.ringtap.ping.PingRequest;
import io.ringtap.target.TargetSpec;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/// The requests of some ranges, made one by one as the pinger asks for them.
final class Requests implements Iterator<PingRequest> {
  private final Iterator<TargetSpec.Range> ranges;
  private final StartDelays delays;
  private final Consumer<PingRequest> onRequest;
  private TargetSpec.Range range;
  private Iterator<IpAddress> addresses;

  /// @param ranges at least one
  /// @param onRequest hears of each request before the pinger does
  Requests(List<TargetSpec.Range> ranges, StartDelays delays, Consumer<PingRequest> onRequest) {
    this.ranges = ranges.iterator();
    this.delays = delays;
    this.onRequest = onRequest;
    this.range = this.ranges.next();
    this.addresses = addresses(range);
  }

  private static Iterator<IpAddress> addresses(TargetSpec.Range range) {
    return new IpRange(range.first(), range.last()).iterator();
  }

  @Override
  public boolean hasNext() {
    return addresses.hasNext() || ranges.hasNext();
  }

  @Override
  public PingRequest next() {
    if (!addresses.hasNext()) {
      range = ranges.next();
      addresses = addresses(range);
    }
    PingRequest request =
        new PingRequest(
            addresses.next(), range.scopeId(), delays.next(), Target.numeric(range.written()));
    onRequest.accept(request);
    return request;
  }
}
