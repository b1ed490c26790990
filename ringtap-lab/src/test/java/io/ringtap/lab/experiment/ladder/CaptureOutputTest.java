package io.ringtap.lab.experiment.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What capturing tools say at their end, as they said it.
class CaptureOutputTest {
  @Test
  void readsTcpdump() {
    String said =
        """
        tcpdump: listening on in0, link-type EN10MB (Ethernet), snapshot length 262144 bytes
        981201 packets captured
        1000000 packets received by filter
        18799 packets dropped by kernel
        """;

    assertThat(CaptureOutput.TCPDUMP.capturedIn(said)).hasValue(981_201);
    assertThat(CaptureOutput.TCPDUMP.droppedIn(said)).hasValue(18_799);
  }

  @Test
  void readsRingtapAfterItsRates() {
    String said =
        """
        We process: 150512 pps
        We process: 0 pps
        ringtap capture: listening on in0, link-type EN10MB (Ethernet), snapshot length 262144 bytes
        150512 packets captured
        150514 packets received by filter
        2 packets dropped by kernel
        0 packets dropped by interface
        """;

    assertThat(CaptureOutput.TCPDUMP.capturedIn(said)).hasValue(150_512);
    assertThat(CaptureOutput.TCPDUMP.droppedIn(said)).hasValue(2);
  }

  @Test
  void readsDumpcap() {
    String said =
        """
        Capturing on 'in0'
        File: /dev/null
        Packets captured: 61
        Packets received/dropped on interface 'in0': 61/7 (pcap:7/dumpcap:0/flushed:0/ps_ifdrop:0) (89.7%)
        """;

    assertThat(CaptureOutput.DUMPCAP.capturedIn(said)).hasValue(61);
    assertThat(CaptureOutput.DUMPCAP.droppedIn(said)).hasValue(7);
  }

  @Test
  void readsNetsniff() {
    String said =
        """
        Running! Hang up with ^C!

                   4  packets incoming (0 unread on exit)
                   3  packets passed filter
                   1  packets failed filter (out of space)
              0.2500% packet droprate
                   2  sec, 631141 usec in total
        """;

    assertThat(CaptureOutput.NETSNIFF.capturedIn(said)).hasValue(4);
    assertThat(CaptureOutput.NETSNIFF.droppedIn(said)).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10 packets captured, 12 packets received by filter, 2 packets dropped by kernel | 10 | 2
          captured: 10, dropped: 2                       | 10 | 2
          Captured 10 frames; lost 2                     | 10 | 2
          received=10 drops=2                            | 10 | 2
          10 pkts seen, 2 pkts lost                      | 10 | 2
          """)
  void readsWhatOthersMaySay(String said, long captured, long dropped) {
    assertThat(CaptureOutput.OTHER.capturedIn(said)).hasValue(captured);
    assertThat(CaptureOutput.OTHER.droppedIn(said)).hasValue(dropped);
  }

  @Test
  void knowsNothingOfAToolThatIsSilent() {
    assertThat(CaptureOutput.OTHER.capturedIn("bye")).isEmpty();
    assertThat(CaptureOutput.OTHER.droppedIn("10 packets captured")).isEmpty();
  }
}
