package io.ringtap.fleet.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.RuleConfig;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import io.ringtap.packet.IpAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordsTest {
  private static final Origin ORIGIN = new Origin("fra1", "agent-1", 1_700_000_000_000L, 17, 3);
  private static final TargetKey KEY = new TargetKey("core", "host.example", AddressFamily.IPV6);

  private static WindowRecord window() {
    OutcomeCounts counts = new OutcomeCounts();
    LatencyHistogram rtt = new LatencyHistogram();
    counts.add(Outcome.REPLY, 3);
    counts.add(Outcome.LOST, 2);
    rtt.add(1_000_000);
    rtt.add(1_000_001);
    rtt.add(250_000_000);
    return new WindowRecord(
        ORIGIN,
        KEY,
        IpAddress.parse("2001:db8::1"),
        new Window(1_700_000_010, 10, counts, rtt, 57));
  }

  private static String text(byte[] value) {
    return new String(value, UTF_8);
  }

  @Test
  void writesAWindowAsDocumented() {
    assertThat(text(window().encode()))
        .isEqualTo(
            "{\"schema\":1,\"kind\":\"window\",\"site\":\"fra1\",\"agent\":\"agent-1\","
                + "\"run\":1700000000000,\"seq\":17,\"generation\":3,\"group\":\"core\",\"host\":\"host.example\","
                + "\"family\":\"ipv6\",\"address\":\"2001:db8::1\",\"start_s\":1700000010,"
                + "\"seconds\":10,\"hop_limit\":57,\"counts\":{\"reply\":3,\"lost\":2},"
                + "\"rtt\":{\"sum_ns\":252000001,\"min_ns\":1000000,\"max_ns\":250000000,"
                + "\"buckets\":[509,2,763,1]}}");
    assertThat(text(window().key())).isEqualTo("core/host.example#ipv6");
  }

  @Test
  void readsWhatItWrites() {
    byte[] value = window().encode();

    assertThat(ResultRecord.read(value))
        .isInstanceOfSatisfying(
            Reading.Valid.class,
            valid -> assertThat(((ResultRecord) valid.value()).encode()).isEqualTo(value));
    ProbeRecord probe = new ProbeRecord(ORIGIN, KEY, Outcome.ERROR, 5, 99, 7, 64, 3, 1, 0);
    assertThat(ResultRecord.read(probe.encode())).isEqualTo(new Reading.Valid<>(probe));
    GapRecord gap = new GapRecord(ORIGIN, 20);
    assertThat(ResultRecord.read(gap.encode())).isEqualTo(new Reading.Valid<>(gap));
    EventRecord event = new EventRecord(ORIGIN, KEY, EventKind.DOWN, true, 5, 6, "3 probes");
    assertThat(EventRecord.read(event.encode())).isEqualTo(new Reading.Valid<>(event));
    AgentRecord agent =
        new AgentRecord(
            ORIGIN, "0.1.0", "host", 5, 2, List.of(1, 2), 3, 4, 5, 6, 7, 8, 9, 10, true);
    assertThat(AgentRecord.read(agent.encode())).isEqualTo(new Reading.Valid<>(agent));
    TargetRecord target =
        new TargetRecord(
            "core",
            "10.0.0.1",
            "one",
            Map.of("rack", "r1"),
            List.of("fra1"),
            ProbeSettings.DEFAULT,
            RuleConfig.DEFAULTS);
    assertThat(TargetRecord.read(target.encode())).isEqualTo(new Reading.Valid<>(target));
  }

  @Test
  void passesOverFieldsOfLaterVersionsAndSaysWhichSchemaItDoesNotKnow() {
    String window = text(window().encode());
    String more = window.replace("\"seconds\":10", "\"seconds\":10,\"colour\":{\"red\":[1]}");
    String newer = window.replace("\"schema\":1", "\"schema\":2");

    assertThat(ResultRecord.read(more.getBytes(UTF_8))).isInstanceOf(Reading.Valid.class);
    assertThat(ResultRecord.read(newer.getBytes(UTF_8))).isEqualTo(new Reading.Newer<>(2));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "\"schema\":1| \"schema\":\"1\"| schema is no whole number",
        "\"kind\":\"window\"| \"kind\":\"pane\"| kind is 'pane'",
        "\"site\":\"fra1\"| \"site\":\"../x\"| site is '../x'",
        "\"host\":\"host.example\"| \"host\":\"10.0.0.0/8\"| host is more than one",
        "\"group\":\"core\"| \"group\":\"a\\u001b[2J\"| group has a control character",
        "\"start_s\":1700000010| \"start_s\":1700000011| no multiple of 10",
        "\"start_s\":1700000010| \"start_s\":99999999999999| start_s is 99999999999999",
        "\"reply\":3| \"reply\":4| rtt has 3 times for 4 replies",
        "\"lost\":2| \"lost\":-1| lost is -1",
        "\"lost\":2| \"lost\":1e99| lost is no whole number",
        "509,2| 509| buckets has a number without a count",
        "509,2,763,1| 763,1,509,2| not in order",
        "509,2,763,1| 509,2,999999,1| not in order, or not possible",
        "\"min_ns\":1000000| \"min_ns\":5| does not agree",
        "2001:db8::1| 2001:db8::x| not an IP address",
        "{\"schema\"| [{\"schema\"| not JSON",
      })
  void saysWhatIsWrongWithAWindow(String right, String wrong, String why) {
    String window = text(window().encode());
    assertThat(window).contains(right);

    assertThat(ResultRecord.read(window.replace(right, wrong).getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            Reading.Invalid.class, invalid -> assertThat(invalid.why()).contains(why));
  }

  @Test
  void readsNothingOfWhatIsNoRecord() {
    byte[] deep = "[".repeat(100_000).getBytes(UTF_8);

    assertThat(ResultRecord.read(null)).isEqualTo(new Reading.Invalid<ResultRecord>("empty"));
    assertThat(ResultRecord.read(deep)).isInstanceOf(Reading.Invalid.class);
    assertThat(ResultRecord.read(new byte[] {(byte) 0xFF, 0, 1}))
        .isInstanceOf(Reading.Invalid.class);
    assertThat(ResultRecord.read(new byte[2 << 20])).isInstanceOf(Reading.Invalid.class);
    assertThat(EventRecord.read(window().encode())).isInstanceOf(Reading.Invalid.class);
  }
}
