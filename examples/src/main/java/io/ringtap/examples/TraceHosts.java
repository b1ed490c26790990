package io.ringtap.examples;

import io.ringtap.packet.IpAddress;
import io.ringtap.trace.TraceOptions;
import io.ringtap.trace.TraceReport;
import io.ringtap.trace.Tracer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Shows the routers on the way to addresses, all at once: `TraceHosts 192.0.2.1 2001:db8::1`.
public final class TraceHosts {
  private TraceHosts() {}

  public static void main(String[] arguments) throws IOException {
    // @start region="program"
    List<IpAddress> targets = Stream.of(arguments).map(IpAddress::parse).toList();
    TraceOptions options = TraceOptions.DEFAULT.withRounds(2).withInterval(Duration.ofMillis(100));
    try (Tracer tracer = Tracer.open(options)) {
      for (TraceReport report : tracer.trace(targets).join()) {
        IO.println(report.target() + (report.isReached() ? ":" : " is not reached:"));
        report.hops().forEach(TraceHosts::print);
      }
    }
    // @end
  }

  private static void print(TraceReport.Hop hop) {
    List<IpAddress> routers =
        hop.responders().stream().map(TraceReport.Responder::address).toList();
    String kind = hop.isRateLimited() ? "answers few" : hop.isSilent() ? "hides" : "";
    IO.println("%d %s %s %s".formatted(hop.hopLimit(), routers, hop.counts(), kind));
  }
}
