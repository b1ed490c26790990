package io.ringtap.system.monitor.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.collect.Collector;
import io.ringtap.monitor.collect.CollectorListener;
import io.ringtap.monitor.collect.ProbeView;
import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.config.GroupConfig;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.RuleConfig;
import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.event.EventDetector;
import io.ringtap.monitor.event.EventMemory;
import io.ringtap.monitor.probe.Prober;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.Transport;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.host.HostBehaviour;
import io.ringtap.testnet.host.VirtualHosts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Hosts that go down, lose packets, become slow and get another address: what the monitor tells of
/// each, and for which time.
@RequiresRoot
class EventsOfHostsTest {
  private static final int QUIET = 0;
  private static final int OUTAGE = 1;
  private static final int LOSSY = 2;
  private static final int SLOW = 3;
  private static final int MOVED = 4;
  private static final int TARGETS = 5;
  private static final ProbeSettings SETTINGS =
      new ProbeSettings(
          Duration.ofMillis(50),
          Duration.ofSeconds(2),
          18,
          0,
          0,
          null,
          null,
          Transport.RAW,
          AddressFamily.ANY);
  private static final List<RuleConfig> RULES =
      List.of(
          rule(EventKind.DOWN, 20, 2),
          rule(EventKind.LOSS, 0.1, 0.08),
          rule(EventKind.LATENCY, 30e6, 20e6),
          rule(EventKind.ADDRESS, 1, 1));

  // The first request of a time may have been sent before its behaviour was known to the host, and
  // on a busy machine something may come late.
  private static final long BEFORE = TimeUnit.SECONDS.toNanos(2);
  private static final long WINDOW = TimeUnit.SECONDS.toNanos(10);

  private final List<Event> events = new CopyOnWriteArrayList<>();

  private static RuleConfig rule(EventKind kind, double limit, double clear) {
    return new RuleConfig(kind, limit, clear, Duration.ofSeconds(10), Duration.ZERO);
  }

  private static Target target(int id) {
    TargetKey key = new TargetKey("hosts", "host" + id, AddressFamily.ANY);
    return new Target(id, key, key.host(), Map.of(), SETTINGS);
  }

  private static IpAddress address(int id) {
    return IpAddress.parse("10.9.0." + (id + 1));
  }

  private static long now() {
    Instant now = Instant.now();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  /// Counts replies.
  private static final class Replies implements CollectorListener {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void onProbe(ProbeView probe) {
      if (probe.outcome() == Outcome.REPLY) {
        count.incrementAndGet();
      }
    }
  }

  @Test
  void areEachToldOnceForTheirTime() throws Exception {
    GroupConfig group = new GroupConfig("hosts", SETTINGS, Map.of(), List.of(), RULES, List.of());
    try (NetworkNamespace namespace = NetworkNamespace.create("events");
        VirtualHosts hosts = VirtualHosts.start(namespace, "tun0", 20_26);
        EventDetector detector =
            new EventDetector(now(), List.of(group), EventMemory.NONE, events::add);
        Collector collector = new Collector(InstantSource.system(), System::nanoTime)) {
      hosts.link().address("192.0.2.1/32");
      hosts.own("10.9.0.0/24");
      hosts.behave("10.9.0.0/24", HostBehaviour.PROMPT);
      Replies replies = new Replies();
      collector.addListener(detector);
      collector.addListener(replies);
      collector.start();
      try (Prober prober = namespace.call(() -> open(collector))) {
        for (int id = 0; id < TARGETS; id++) {
          prober.onAdded(target(id));
          prober.onAddress(target(id), null, address(id), 0);
        }
        Eventually.await("replies", () -> replies.count.get() >= 100);
        long from = now();
        change(hosts, prober);
        await("down begin", "loss begin", "latency begin", "address begin");
        long to = now();
        hosts.behave("10.9.0.0/24", HostBehaviour.PROMPT);
        for (int id = 0; id < TARGETS; id++) {
          hosts.behave(address(id).toString(), HostBehaviour.PROMPT);
        }
        await("down end", "loss end", "latency end");

        assertTimes(from, to);
      }
    }
  }

  private static Prober open(Collector collector) throws IOException {
    Prober prober =
        new Prober(collector, InstantSource.system(), _ -> true, Throwable::printStackTrace);
    prober.open(Transport.RAW);
    return prober;
  }

  private static void change(VirtualHosts hosts, Prober prober) {
    hosts.behave(address(OUTAGE).toString(), HostBehaviour.SILENT);
    hosts.behave(address(LOSSY).toString(), HostBehaviour.PROMPT.loss(0.3));
    hosts.behave(address(SLOW).toString(), HostBehaviour.PROMPT.delay(Duration.ofMillis(60)));
    prober.onAddress(target(MOVED), address(MOVED), address(MOVED + 1), 0);
  }

  /// A window may have to pass before that of which the figure is.
  private void await(String... expected) {
    boolean isTold =
        Eventually.within(
            Duration.ofMinutes(1),
            () -> List.of(expected).stream().allMatch(each -> told().contains(each)));
    assertThat(isTold).as("told: %s", told()).isTrue();
  }

  private List<String> told() {
    return events.stream()
        .map(event -> event.kind().word() + (event.isBegin() ? " begin" : " end"))
        .toList();
  }

  private void assertTimes(long from, long to) {
    assertThat(of(QUIET)).isEmpty();
    assertThat(of(MOVED))
        .singleElement()
        .satisfies(event -> {
          assertThat(event.kind()).isEqualTo(EventKind.ADDRESS);
          assertThat(event.detail()).isEqualTo("from 10.9.0.5 to 10.9.0.6");
          assertThat(event.epochNanos()).isBetween(from - BEFORE, to);
        });
    assertState(OUTAGE, EventKind.DOWN, from - BEFORE, to);
    // A figure is of ten seconds, which may have begun before.
    assertState(LOSSY, EventKind.LOSS, from - WINDOW, to);
    assertState(SLOW, EventKind.LATENCY, from - WINDOW, to);
  }

  private List<Event> of(int id) {
    return events.stream().filter(event -> event.target().id() == id).toList();
  }

  /// That it began in the time from `from` to `to`, and ended after it; and nothing else.
  private void assertState(int id, EventKind kind, long from, long to) {
    List<Event> told = of(id);
    assertThat(told).hasSize(2).allSatisfy(event -> assertThat(event.kind()).isEqualTo(kind));
    Event begin = told.getFirst();
    Event end = told.getLast();
    assertThat(begin.isBegin()).isTrue();
    assertThat(begin.sinceNanos()).isBetween(from, to);
    assertThat(begin.epochNanos()).isBetween(begin.sinceNanos(), to);
    assertThat(end.isBegin()).isFalse();
    assertThat(end.sinceNanos()).isEqualTo(begin.sinceNanos());
    assertThat(end.epochNanos()).isGreaterThan(to - BEFORE);
  }
}
