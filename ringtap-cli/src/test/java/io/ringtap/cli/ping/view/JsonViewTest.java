package io.ringtap.cli.ping.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class JsonViewTest {
  private final Example example = new Example();

  @Test
  void tellsEachOutcomeAndSummaryAsAnObjectALine() {
    JsonView view = new JsonView(example.out, false);

    for (PingOutcome outcome : Example.OUTCOMES) {
      view.onOutcome(Example.REQUEST, outcome);
    }
    view.onSummary(Example.summary(Example.REQUEST));
    view.onSummary(Example.silent(Example.IPV6_REQUEST));

    assertThat(example.told())
        .isEqualTo(
            """
            {"type":"reply","target":"192.0.2.7","address":"192.0.2.7","seq":1,"rtt_ns":31400,"ttl":64,"traffic_class":null,"stamp":"kernel","ts_ns":1700000000123456789}
            {"type":"duplicate","target":"192.0.2.7","address":"192.0.2.7","seq":1,"from":"192.0.2.7","rtt_ns":41400,"ttl":64,"traffic_class":null,"stamp":"kernel","ts_ns":1700000000123456790}
            {"type":"duplicate","target":"192.0.2.7","address":"192.0.2.7","seq":1,"from":"192.0.2.1","rtt_ns":51400,"ttl":64,"traffic_class":null,"stamp":"kernel","ts_ns":1700000000123456791}
            {"type":"elsewhere","target":"192.0.2.7","address":"192.0.2.7","seq":2,"from":"192.0.2.1","rtt_ns":3141592,"ttl":63,"traffic_class":null,"stamp":"kernel","ts_ns":1700000000123456792}
            {"type":"corrupted","target":"192.0.2.7","address":"192.0.2.7","seq":3,"damage":"checksum","rtt_ns":31415926,"ttl":64,"traffic_class":null,"stamp":"kernel","ts_ns":1700000000123456793}
            {"type":"corrupted","target":"192.0.2.7","address":"192.0.2.7","seq":4,"damage":"payload","rtt_ns":314159265,"ttl":64,"traffic_class":null,"stamp":"kernel","ts_ns":1700000000123456794}
            {"type":"corrupted","target":"192.0.2.7","address":"192.0.2.7","seq":5,"damage":"truncated","rtt_ns":999600,"ttl":64,"traffic_class":null,"stamp":"kernel","ts_ns":1700000000123456795}
            {"type":"error","target":"192.0.2.7","address":"192.0.2.7","seq":6,"from":"192.0.2.1","icmp_type":3,"icmp_code":1,"reason":"Destination Host Unreachable","rtt_ns":52000,"stamp":"kernel","ts_ns":1700000000123456796}
            {"type":"timeout","target":"192.0.2.7","address":"192.0.2.7","seq":7,"waited_ns":1000000000,"departed":true,"ts_ns":1700000000123456797}
            {"type":"timeout","target":"192.0.2.7","address":"192.0.2.7","seq":8,"waited_ns":1000000000,"departed":false,"ts_ns":1700000000123456798}
            {"type":"late","target":"192.0.2.7","address":"192.0.2.7","seq":7,"rtt_ns":1234500000,"ttl":64,"traffic_class":null,"stamp":"kernel-rx","ts_ns":1700000000123456799}
            {"type":"unsent","target":"192.0.2.7","address":"192.0.2.7","seq":9,"errno":101,"reason":"ENETUNREACH (network is unreachable)","ts_ns":1700000000123456800}
            {"type":"withdrawn","target":"192.0.2.7","address":"192.0.2.7","seq":10,"ts_ns":1700000000123456801}
            {"type":"error","target":"192.0.2.7","address":"192.0.2.7","seq":11,"from":"192.0.2.1","icmp_type":3,"icmp_code":4,"reason":"Frag needed and DF set","mtu":1400,"rtt_ns":52000,"stamp":"kernel","ts_ns":1700000000123456802}
            {"type":"late_error","target":"192.0.2.7","address":"192.0.2.7","seq":8,"from":"192.0.2.1","icmp_type":3,"icmp_code":1,"reason":"Destination Host Unreachable","rtt_ns":3052000000,"stamp":"kernel","ts_ns":1700000000123456803}
            {"type":"unroutable","target":"192.0.2.7","address":"192.0.2.7","seq":12,"errno":22,"reason":"blackhole route","ts_ns":1700000000123456804}
            {"type":"unroutable","target":"192.0.2.7","address":"192.0.2.7","seq":13,"errno":13,"reason":"prohibit route","ts_ns":1700000000123456805}
            {"type":"unroutable","target":"192.0.2.7","address":"192.0.2.7","seq":4294967296,"errno":113,"reason":"EHOSTUNREACH (no route to host)","ts_ns":1700000000123456806}
            {"type":"unsent","target":"192.0.2.7","address":"192.0.2.7","seq":14,"errno":90,"reason":"EMSGSIZE (message too long), mtu=1500","mtu":1500,"ts_ns":1700000000123456807}
            {"type":"notice","target":"192.0.2.7","address":"192.0.2.7","seq":15,"from":"192.0.2.1","icmp_type":5,"icmp_code":1,"reason":"Redirect Host","rtt_ns":53000,"stamp":"kernel","ts_ns":1700000000123456808}
            {"type":"summary","target":"192.0.2.7","address":"192.0.2.7","sent":4,"received":3,"lost":1,"loss_ratio":0.25,"late":0,"late_errors":0,"duplicates":0,"corrupted":0,"errors":0,"unsent":0,"elsewhere":0,"withdrawn":0,"departures_unseen":0,"further":0,"dropped":0,"notices":0,"rtt_ns":{"min":31000,"mean":38000,"p50":36000,"p90":47000,"p99":47000,"max":47000,"stddev":6683,"jitter":1625},"stamp":"kernel"}
            {"type":"summary","target":"2001:db8::7","address":"2001:db8::7","sent":0,"received":0,"lost":0,"loss_ratio":null,"late":0,"late_errors":0,"duplicates":0,"corrupted":0,"errors":0,"unsent":2,"elsewhere":0,"withdrawn":0,"departures_unseen":0,"further":0,"dropped":0,"notices":0,"rtt_ns":null,"stamp":null}
            """);
  }

  @Test
  void isValidJsonOnEveryLine() {
    JsonView view = new JsonView(example.out, false);

    for (PingOutcome outcome : Example.OUTCOMES) {
      view.onOutcome(Example.REQUEST, outcome);
    }
    view.onSummary(Example.troubled(Example.REQUEST));

    JsonFactory json = JsonFactory.builder().build();
    assertThat(example.told().lines())
        .hasSize(Example.OUTCOMES.size() + 1)
        .allSatisfy(line -> {
          try (JsonParser parser = json.createParser(ObjectReadContext.empty(), line)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            parser.skipChildren();
            assertThat(parser.currentToken()).isEqualTo(JsonToken.END_OBJECT);
            assertThat(parser.nextToken()).isNull();
          }
        });
  }

  @Test
  void showsNothingThatTheSummaryDoesNotCount() {
    JsonView view = new JsonView(example.out, false);
    PingRequest request = Example.REQUEST.withAttachment(Target.numeric(null));

    view.onOutcome(request, Example.OUTCOMES.getFirst());
    view.onSummary(Example.summary(request));
    for (PingOutcome outcome : Example.OUTCOMES) {
      view.onOutcome(request, outcome);
    }

    assertThat(example.told().lines()).hasSize(2).last().asString().contains("\"summary\"");
  }

  @Test
  void tellsQuietlyTheSummariesAlone() {
    JsonView view = new JsonView(example.out, true);

    view.onOutcome(Example.REQUEST, Example.OUTCOMES.getFirst());
    view.onSummary(Example.summary(Example.REQUEST));

    assertThat(example.told()).startsWith("{\"type\":\"summary\"").hasLineCount(1);
  }
}
