package io.ringtap.monitor.blackbox;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.WebConfig;
import io.ringtap.monitor.web.WebException;
import io.ringtap.monitor.web.WebExchange;
import io.ringtap.monitor.web.WebHandler;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.Ping;
import io.ringtap.ping.PingListener;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.Pinger;
import io.ringtap.ping.PingerOptions;
import io.ringtap.ping.Transport;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `/probe?target=…&module=…`. Any number of threads may use it. It pings only addresses that the
/// configuration allows, whatever name they were found by, and so many at a time.
public final class ProbeHandler implements WebHandler, AutoCloseable {
  private static final int AT_A_TIME = 100;

  private final Supplier<WebConfig> config;
  private final Semaphore turns = new Semaphore(AT_A_TIME);

  // Guarded by this: opened when they are needed first.
  private final Map<Transport, Pinger> pingers = new EnumMap<>(Transport.class);
  private boolean isClosed;

  /// Opens nothing yet.
  ///
  /// @param config what is configured now
  public ProbeHandler(Supplier<WebConfig> config) {
    this.config = config;
  }

  @Override
  public void handle(WebExchange exchange) throws IOException, InterruptedException {
    WebConfig now = config.get();
    if (now.probe().isEmpty()) {
      throw WebException.notFound("/probe is off; the configuration turns it on by web: probe:");
    }
    ProbeRequest request = ProbeRequest.of(exchange, now);
    if (!turns.tryAcquire()) {
      throw new WebException(503, "There are " + AT_A_TIME + " probes at a time already");
    }
    try {
      probe(request, now).figures().respond(exchange);
    } finally {
      turns.release();
    }
  }

  private ProbeResult probe(ProbeRequest request, WebConfig now)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + request.timeout().toNanos();
    ProbeResult result = new ProbeResult();
    PingRequest target = resolved(request, deadline);
    result.setAddress(target == null ? null : target.target());
    if (target == null) {
      return result;
    }
    if (!isAllowed(target.target(), now)) {
      throw new WebException(403, "The configuration does not allow to probe this target");
    }
    Pinger pinger = pinger(request.module().settings().transport());
    Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    PingOptions options = options(request, left);
    result.setReady();
    HopLimit hopLimit = new HopLimit();
    Ping<PingSummary> ping = pinger.ping(target.with(options), hopLimit);
    try {
      ping.get(left.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      ping.withdraw(); // and there is a summary of what was
    } catch (ExecutionException e) {
      throw new IllegalStateException("the pinger has failed", e);
    }
    result.setSummary(ping.join(), hopLimit.newest);
    return result;
  }

  private static boolean isAllowed(IpAddress address, WebConfig now) {
    boolean isOneHost =
        !address.isMulticast() && !address.isBroadcast() && !address.isUnspecified();
    return isOneHost
        && now.probe().stream()
            .anyMatch(range ->
                range.first().isIpv6() == address.isIpv6()
                    && range.first().compareTo(address) <= 0
                    && range.last().compareTo(address) >= 0);
  }

  /// The first address of the wanted family; null if there is none by the deadline.
  private static @Nullable PingRequest resolved(ProbeRequest request, long deadline)
      throws InterruptedException {
    CompletableFuture<List<PingRequest>> found = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        found.complete(PingRequest.toAll(request.target()));
      } catch (UnknownHostException | RuntimeException e) {
        found.complete(List.of());
      }
    });
    AddressFamily family = request.module().settings().family();
    try {
      return found.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS).stream()
          .filter(each -> isOf(family, each.target()))
          .findFirst()
          .orElse(null);
    } catch (TimeoutException | ExecutionException e) {
      return null;
    }
  }

  private static boolean isOf(AddressFamily family, IpAddress address) {
    return switch (family) {
      case IPV4 -> !address.isIpv6();
      case IPV6 -> address.isIpv6();
      case ANY, BOTH -> true;
    };
  }

  private static PingOptions options(ProbeRequest request, Duration left) throws IOException {
    ProbeSettings settings = request.module().settings();
    Duration timeout = settings.timeout().compareTo(left) < 0 ? settings.timeout() : left;
    return PingOptions.DEFAULT
        .withCount(request.module().packets())
        .withInterval(settings.interval())
        .withTimeout(timeout)
        .withPayloadBytes(settings.payloadBytes())
        .withTrafficClass(settings.trafficClass())
        .withHopLimit(settings.hopLimit())
        .withSource(settings.source() == null ? null : IpAddress.parse(settings.source()))
        .withInterfaceIndex(index(settings.interfaceName()));
  }

  private static int index(@Nullable String name) throws IOException {
    if (name == null) {
      return 0;
    }
    NetworkInterface found = NetworkInterface.getByName(name);
    if (found == null) {
      throw new WebException(503, "The interface of the module is not there");
    }
    return found.getIndex();
  }

  private synchronized Pinger pinger(Transport transport) throws IOException {
    if (isClosed) {
      throw new WebException(503, "The monitor is closing");
    }
    Pinger pinger = pingers.get(transport);
    if (pinger == null) {
      pinger = Pinger.open(PingerOptions.DEFAULT.withTransport(transport).withMaxInFlight(16_384));
      pingers.put(transport, pinger);
    }
    return pinger;
  }

  /// Ends what is being pinged.
  @Override
  public synchronized void close() {
    isClosed = true;
    pingers.values().forEach(Pinger::close);
  }

  /// Keeps the TTL or hop limit of the newest reply.
  private static final class HopLimit implements PingListener {
    volatile int newest;

    @Override
    public void onOutcome(PingRequest request, PingOutcome outcome) {
      if (outcome instanceof PingOutcome.Reply reply) {
        newest = Math.max(0, reply.arrival().hopLimit());
      }
    }
  }
}
