package io.ringtap.system.sweep;

import static io.ringtap.system.sweep.SweepNetwork.HOSTS;
import static io.ringtap.system.sweep.SweepNetwork.OPTIONS;
import static io.ringtap.system.sweep.SweepNetwork.SIZE;
import static io.ringtap.system.sweep.SweepNetwork.targets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.Traffic;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.packet.IpAddress;
import io.ringtap.send.Pace;
import io.ringtap.sweep.SenderKind;
import io.ringtap.sweep.Sweep;
import io.ringtap.sweep.SweepCounters;
import io.ringtap.sweep.SweepOptions;
import io.ringtap.sweep.SweepProbe;
import io.ringtap.sweep.SweepProgress;
import io.ringtap.testing.Allocation;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.responder.AnswerRule;
import io.ringtap.testnet.responder.ResponderCounter;
import io.ringtap.testnet.responder.XdpResponder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How sweeps send, stop and go on, judged by what the hosts have counted and by the kernel.
@RequiresRoot
class SweepSendingTest {
  private SweepNetwork network;

  @BeforeEach
  void open() throws Exception {
    network = SweepNetwork.open();
  }

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void goesOnWhereItWasStopped() throws Exception {
    Heard heard = new Heard();
    network.route(HOSTS);
    SweepOptions options =
        OPTIONS.withPace(Pace.packetsPerSecond(500)).withTimeout(Duration.ofMillis(200));
    try (XdpResponder hosts = XdpResponder.attach(network.cable, HOSTS, AnswerRule.ALL)) {
      SweepProgress last;
      try (Sweep sweep = network.sweep(targets(HOSTS), options)) {
        sweep.start(heard);
        Eventually.await("some targets are done", () -> sweep.progress().completed() > SIZE / 8);
        sweep.abort(); // what is in flight is lost, as after `kill -9`
        sweep.await();
        last = sweep.progress();
      }
      assertThat(last.completed()).isLessThan(last.next());
      int before = heard.found().size();
      assertThat(before).isBetween((int) last.completed(), (int) last.next());
      Heard rest = new Heard();

      network.run(targets(HOSTS), OPTIONS.withFirstPosition(last.completed()), rest);

      assertThat(rest.found()).hasSize(SIZE - (int) last.completed());
      Set<IpAddress> union = heard.found();
      union.addAll(rest.found());
      assertThat(union).hasSize(SIZE);
      Map<ResponderCounter, Long> answered = hosts.counters();
      assertThat(answered)
          .containsEntry(ResponderCounter.ECHO_REPLIES, SIZE + last.next() - last.completed());
    }
  }

  @Test
  void isNeverFasterThanItsRate() throws Exception {
    double rate = 8000;
    List<Long> stamps = new ArrayList<>();
    network.route(HOSTS);
    SweepOptions options =
        OPTIONS
            .withPace(Pace.packetsPerSecond(rate))
            .withRampUp(Duration.ofMillis(100))
            .withSender(SenderKind.RAW)
            .withTimeout(Duration.ofMillis(100));
    CaptureOptions requests =
        CaptureOptions.on("near0")
            .withFilter("icmp[icmptype] == icmp-echo")
            .withTraffic(Traffic.OUT);
    try (Capture capture = network.near.call(() -> Capture.open(requests))) {
      capture.start(packet -> stamps.add(packet.epochNanos()));

      long _ = network.run(targets(HOSTS), options, new Heard()).sent();

      capture.stop();
      capture.await();
    }
    assertThat(stamps).hasSize(SIZE);
    // What belongs to ten milliseconds may be sent late, and a batch may be held up before that.
    double burst = 2 * rate / 100 + 34;
    for (int i = 0; i < stamps.size(); i++) {
      for (int j = i + 1; j < stamps.size(); j++) {
        double seconds = (stamps.get(j) - stamps.get(i)) / 1e9;
        assertThat((double) (j - i)).isLessThanOrEqualTo(rate * seconds + burst);
      }
    }
    // Half of what the full rate would have sent in the time in which it rises.
    double expected = SIZE / rate + 0.05;
    assertThat((stamps.getLast() - stamps.getFirst()) / 1e9).isGreaterThan(expected - burst / rate);
  }

  @Test
  void allocatesNothingForAProbeOrAnAnswer() throws Exception {
    network.route("10.64.0.0/12");
    AtomicLong answers = new AtomicLong();
    try (XdpResponder _ = XdpResponder.attach(network.cable, "10.64.0.0/12", AnswerRule.ALL);
        Sweep sweep = network.sweep(targets("10.64.0.0/12"), OPTIONS)) {
      sweep.start(_ -> answers.incrementAndGet());
      Thread sender = thread("ringtap-sweep-sender");
      Thread receiver = thread("ringtap-sweep-receiver");
      AtomicLong allocated = new AtomicLong();
      AtomicLong since = new AtomicLong(); // answers at the latest allocation

      // The JIT compiler may allocate until it is done with the code.
      Eventually.await(
          "a thousand answers pass without an allocation",
          () -> {
            long now = Allocation.by(sender) + Allocation.by(receiver);
            if (allocated.getAndSet(now) != now) {
              since.set(answers.get());
            }
            return answers.get() > since.get() + 1000;
          });
      sweep.abort();
    }
  }

  private static Thread thread(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void waitsForAnswersAfterAStop() throws Exception {
    network.route(HOSTS);
    Heard heard = new Heard();
    try (XdpResponder _ = XdpResponder.attach(network.cable, HOSTS, AnswerRule.ALL);
        Sweep sweep =
            network.sweep(targets(HOSTS), OPTIONS.withPace(Pace.packetsPerSecond(1000)))) {
      sweep.start(heard);
      Eventually.await("something was sent", () -> sweep.counters().sent() > 10);
      sweep.stop();
      sweep.await();

      assertThat(heard.found()).hasSize((int) sweep.counters().sent());
      assertThat(sweep.progress().completed()).isEqualTo(sweep.progress().next());
    }
  }

  @Test
  void countsWhatTheKernelRefuses() throws Exception {
    network.route("10.67.0.0/25");
    network.near.routes().prohibit("10.67.0.128/25");

    SweepCounters counters =
        network.run(
            targets("10.67.0.0/24"), OPTIONS.withTimeout(Duration.ofMillis(100)), new Heard());

    assertThat(counters.refusals()).containsEntry(Errno.EACCES, 128L);
    assertThat(counters.probes()).isEqualTo(256);
  }

  @Test
  void countsAsSentOnlyWhatALinkHasTaken() throws Exception {
    network.route(HOSTS);
    Process tc =
        network.near.start(
            "tc", "qdisc", "add", "dev", "near0", "root", "tbf", "rate", "2mbit", "burst", "4kb",
            "limit", "8kb");
    assertThat(tc.waitFor()).isZero();
    SweepOptions options = OPTIONS.withSender(SenderKind.RAW).withPace(Pace.asFastAsPossible());
    try (XdpResponder hosts = XdpResponder.attach(network.cable, HOSTS, AnswerRule.ALL)) {

      SweepCounters counters = network.run(targets(HOSTS), options, new Heard());

      assertThat(counters.waits()).isPositive();
      assertThat(counters.sent()).isEqualTo(SIZE - counters.refused());
      assertThat(counters.found()).isEqualTo(counters.sent());
      assertThat(hosts.counters()).containsEntry(ResponderCounter.ECHO_REPLIES, counters.sent());
    }
  }

  @Test
  void refusesSourcePortsThatAProgramHas() throws Exception {
    network.route(HOSTS);
    try (ServerSocket taken = network.near.call(ServerSocket::new)) {
      network.near.run(
          () -> taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 62_000)));

      assertThatThrownBy(
              () -> network.sweep(targets(HOSTS, 80), OPTIONS.withProbe(SweepProbe.syn())).close())
          .isInstanceOf(LinuxException.class)
          .hasMessageContaining("port 62000");
    }
  }
}
