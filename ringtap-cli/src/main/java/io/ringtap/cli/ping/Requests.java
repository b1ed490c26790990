package io.ringtap.cli.ping;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingRequest;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/// The requests of some ranges, made one by one as the pinger asks for them.
final class Requests implements Iterator<PingRequest> {
  private final Iterator<TargetSpec.Range> ranges;
  private final StartDelays delays;
  private final Consumer<PingRequest> onRequest;
  private TargetSpec.Range range;
  private IpAddress address;
  private boolean hasNext;

  /// @param ranges at least one
  /// @param onRequest hears of each request before the pinger does
  Requests(List<TargetSpec.Range> ranges, StartDelays delays, Consumer<PingRequest> onRequest) {
    this.ranges = ranges.iterator();
    this.delays = delays;
    this.onRequest = onRequest;
    this.range = this.ranges.next();
    this.address = range.first();
    this.hasNext = true;
  }

  @Override
  public boolean hasNext() {
    return hasNext;
  }

  @Override
  public PingRequest next() {
    if (!hasNext) {
      throw new NoSuchElementException();
    }
    PingRequest request =
        new PingRequest(address, range.scopeId(), delays.next(), Target.numeric(range.written()));
    if (!address.equals(range.last())) {
      address = successor(address);
    } else if (ranges.hasNext()) {
      range = ranges.next();
      address = range.first();
    } else {
      hasNext = false;
    }
    onRequest.accept(request);
    return request;
  }

  private static IpAddress successor(IpAddress address) {
    long low = address.low() + 1;
    return new IpAddress(address.isIpv6(), low == 0 ? address.high() + 1 : address.high(), low);
  }
}
