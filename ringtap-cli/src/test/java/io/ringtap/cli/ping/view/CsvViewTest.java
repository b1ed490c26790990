package io.ringtap.cli.ping.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CsvViewTest {
  private final Example example = new Example();

  @Test
  void tellsEachSummaryUnderTheColumnsNames() {
    CsvView view = new CsvView(example.out);

    view.onOutcome(Example.REQUEST, Example.OUTCOMES.getFirst());
    view.onSummary(Example.summary(Example.REQUEST));
    view.onSummary(Example.silent(Example.IPV6_REQUEST));

    assertThat(example.told())
        .isEqualTo(
            """
            target,address,sent,received,lost,loss_ratio,late,late_errors,duplicates,corrupted,errors,unsent,elsewhere,withdrawn,departures_unseen,further,dropped,notices,rtt_min_ns,rtt_mean_ns,rtt_p50_ns,rtt_p90_ns,rtt_p99_ns,rtt_max_ns,rtt_stddev_ns,rtt_jitter_ns,stamp
            192.0.2.7,192.0.2.7,4,3,1,0.25,0,0,0,0,0,0,0,0,0,0,0,0,31000,38000,36000,47000,47000,47000,6683,1625,kernel
            2001:db8::7,2001:db8::7,0,0,0,,0,0,0,0,0,2,0,0,0,0,0,0,,,,,,,,,
            """);
  }
}
