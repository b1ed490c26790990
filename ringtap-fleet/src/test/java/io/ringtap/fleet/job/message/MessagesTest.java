package io.ringtap.fleet.job.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.error.Errno;
import io.ringtap.fleet.record.Reading;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpRange;
import io.ringtap.ping.StampSource;
import io.ringtap.sweep.KeptAnswer;
import io.ringtap.sweep.SweepAnswer;
import io.ringtap.sweep.SweepCounters;
import io.ringtap.sweep.SweepOptions;
import io.ringtap.sweep.SweepProbe;
import io.ringtap.sweep.space.InterfaceIds;
import io.ringtap.sweep.space.Shard;
import io.ringtap.trace.TraceOptions;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
  private static final Worker WORKER = new Worker("fra1", "a1", 1_700_000_000_000L);
  private static final Part PART = new Part(7, 2);

  private static JobNotice sweep() {
    Space space =
        new Space(
            List.of(IpRange.parse("10.0.0.0/16")),
            List.of(new Space.Pattern(IpRange.parse("fd00::/48"), InterfaceIds.LOW_BYTES)),
            List.of(IpRange.parse("10.0.9.0/24")));
    SweepOptions options =
        SweepOptions.DEFAULT.withProbe(SweepProbe.udp("hi".getBytes(UTF_8))).withRetries(1);
    return new JobNotice(
        "j1",
        List.of("fra1"),
        new SweepTask(space, List.of(53), -9, options, new SweepTask.Wish(true, false)),
        List.of(RangeSet.of(space.ranges())));
  }

  private static CallerMessage ofCaller(byte[] value) {
    assertThat(CallerMessage.read(value)).isInstanceOf(Reading.Valid.class);
    return ((Reading.Valid<CallerMessage>) CallerMessage.read(value)).value();
  }

  private static AgentMessage ofAgent(AgentMessage message) {
    Reading<AgentMessage> reading = AgentMessage.read(message.encode());
    assertThat(reading).isInstanceOf(Reading.Valid.class);
    return ((Reading.Valid<AgentMessage>) reading).value();
  }

  @Test
  void writesAnAssignmentAsDocumented() {
    Assignment assignment = new Assignment("j1", PART, WORKER, 0, new Shard(3, 9), 500);

    assertThat(new String(assignment.encode(), UTF_8))
        .isEqualTo(
            "{\"schema\":1,\"kind\":\"part\",\"job\":\"j1\",\"part\":7,\"attempt\":2,"
                + "\"site\":\"fra1\",\"agent\":\"a1\",\"run\":1700000000000,\"cell\":0,"
                + "\"shard\":3,\"shards\":9,\"rate\":500.0}");
    assertThat(ofCaller(assignment.encode())).isEqualTo(assignment);
  }

  @Test
  void readsTheJobsThatCallersWrite() {
    JobNotice sweep = sweep();
    SweepTask task = (SweepTask) sweep.task();
    JobNotice trace =
        new JobNotice(
            "j2",
            List.of(),
            new TraceTask(
                List.of(IpAddress.parse("::1")),
                TraceOptions.DEFAULT.withTimeout(Duration.ofMillis(7))),
            List.of());

    JobNotice read = (JobNotice) ofCaller(sweep.encode());

    assertThat(read.isFor("fra1")).isTrue();
    assertThat(read.isFor("ams2")).isFalse();
    assertThat(read.cells()).isEqualTo(sweep.cells());
    assertThat(read.task())
        .isInstanceOfSatisfying(
            SweepTask.class,
            same -> {
              assertThat(same.space()).isEqualTo(task.space());
              assertThat(same.space().within(RangeSet.ALL).digest())
                  .isEqualTo(task.space().within(RangeSet.ALL).digest());
              assertThat(same.seed()).isEqualTo(-9);
              assertThat(same.ports()).containsExactly(53);
              assertThat(same.options().probe()).hasToString("UDP 6869");
              assertThat(same.options().schedule().retries()).isEqualTo(1);
              assertThat(same.wish()).isEqualTo(task.wish());
            });
    assertThat(ofCaller(trace.encode())).isEqualTo(trace);
    assertThat(ofCaller(new JobEnd("j2").encode())).isEqualTo(new JobEnd("j2"));
  }

  @Test
  void readsWhatAgentsWrite() {
    SweepCounters counters =
        new SweepCounters(9, 1, 400, Map.of(Errno.EPERM, 2L), 0, 5, 0, 1, 0, 2, 3, 0, 0);
    WorkerState state =
        new WorkerState(
            "j1",
            WORKER,
            null,
            1e4,
            RangeSet.of(List.of(IpRange.parse("10.0.0.0/8"))),
            List.of(new WorkerState.Progress(PART, true, 5, 3)));
    Path path =
        new Path(
            "j1",
            WORKER,
            PART,
            0,
            IpAddress.parse("10.0.0.1"),
            true,
            List.of(
                new Path.Hop(
                    1,
                    2,
                    1,
                    0,
                    0.25,
                    new Path.Rtt(1, 2.5, 4),
                    List.of(new Path.Responder(IpAddress.parse("10.9.9.9"), 2)))));

    assertThat(ofAgent(state)).isEqualTo(state);
    assertThat(ofAgent(path)).isEqualTo(path);
    PartEnd end = new PartEnd("j1", WORKER, PART, 3, counters);
    assertThat(ofAgent(end)).isEqualTo(end);
    PartFailure failure = new PartFailure("j1", WORKER, PART, "x".repeat(900));
    assertThat(ofAgent(failure)).isEqualTo(failure);
  }

  private static KeptAnswer answer(SweepAnswer.Kind kind, byte[] packet) {
    return new KeptAnswer(
        kind,
        SweepAnswer.Novelty.REPEAT,
        IpAddress.parse("10.0.0.1"),
        0,
        IpAddress.parse(kind == SweepAnswer.Kind.ICMP_ERROR ? "10.9.9.9" : "10.0.0.1"),
        3,
        kind == SweepAnswer.Kind.ICMP_ERROR ? 1 : 0,
        63,
        1,
        -1,
        1_700_000_000_123_456_789L,
        StampSource.KERNEL_RECEIVE,
        packet.length == 0 ? MemorySegment.NULL : MemorySegment.ofArray(packet));
  }

  @Test
  void carriesAnswersToWhoPrintsThem() {
    KeptAnswer error = answer(SweepAnswer.Kind.ICMP_ERROR, new byte[0]);
    byte[] packet = new byte[28];
    packet[0] = 0x45;
    packet[3] = 28;
    packet[9] = 1;
    KeptAnswer withPacket = answer(SweepAnswer.Kind.ECHO_REPLY, packet);

    Answers read =
        (Answers) ofAgent(new Answers("j1", WORKER, PART, 4, List.of(error, withPacket)));

    assertThat(read.number()).isEqualTo(4);
    assertThat(read.answers().getFirst()).isEqualTo(error);
    assertThat(read.answers().getLast().packet().mismatch(withPacket.packet())).isEqualTo(-1);
  }

  /// Whoever prints fields of the packet reads its headers where they should be.
  @ParameterizedTest
  @ValueSource(ints = {1, 19, 20, 28})
  void refusesPacketsThatAreNone(int bytes) {
    KeptAnswer answer = answer(SweepAnswer.Kind.SYN_ACK, new byte[bytes]);

    assertThat(AgentMessage.read(new Answers("j1", WORKER, PART, 0, List.of(answer)).encode()))
        .isInstanceOf(Reading.Invalid.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "ranges":["10.0.0.0-10.0.255.255"] | "ranges":["10.0.0.0/33"]
          "ranges":["10.0.0.0-10.0.255.255"] | "ranges":["nobody"]
          "ranges":["10.0.0.0-10.0.255.255"] | "ranges":[7]
          "ports":[53]                       | "ports":[]
          "ports":[53]                       | "ports":[70000]
          "probe":"udp"                      | "probe":"arp"
          "probes":1                         | "probes":16
          "timeout_ms":2000                  | "timeout_ms":3600000
          "payload":"aGk="                   | "payload":"?"
          "seed":-9                          | "seed":1e99
          "sites":["fra1"]                   | "sites":["../etc"]
          "job":"j1"                         | "job":""
          "sweep":{                          | "sweeps":{
          """)
  void refusesWhatNoCallerWrites(String right, String wrong) {
    String text = new String(sweep().encode(), UTF_8);
    assertThat(text).contains(right);

    assertThat(CallerMessage.read(text.replace(right, wrong).getBytes(UTF_8)))
        .isInstanceOf(Reading.Invalid.class);
  }

  @Test
  void passesOverWhatALaterVersionWrites() {
    String text = new String(sweep().encode(), UTF_8);

    assertThat(CallerMessage.read(text.replace("\"schema\":1", "\"schema\":2").getBytes(UTF_8)))
        .isEqualTo(new Reading.Newer<>(2));
    assertThat(
            CallerMessage.read(
                text.replace("{\"schema\"", "{\"new\":[],\"schema\"").getBytes(UTF_8)))
        .isInstanceOf(Reading.Valid.class);
  }
}
