package io.ringtap.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// Any report is read as it was written.
class DataRoundTripTest {
  private static final String[] LETTERS = {
    "a", "B", " ", "\"", "\\", "\n", "\t", "\u0000", "\u001f", "/", "é", "€", "😀", "\u2028", "<",
    "|"
  };

  private SplittableRandom random = new SplittableRandom(0);

  @RepeatedTest(200)
  void readsAnyReportAsItWasWritten(RepetitionInfo repetition) throws DataFile.NotAReport {
    random = new SplittableRandom(repetition.getCurrentRepetition());
    Report report = report();

    String json = DataFile.text(report);

    Report read = DataFile.read(json.getBytes(StandardCharsets.UTF_8));
    assertThat(read).isEqualTo(report);
    assertThat(DataFile.text(read)).isEqualTo(json);
  }

  @Test
  void leavesOutWhatIsNoNumber() throws DataFile.NotAReport {
    Sample sample =
        new Sample(
            "p",
            "s",
            1,
            false,
            Map.of("nan", Double.NaN, "one", 1.0, "endless", Double.NEGATIVE_INFINITY),
            List.of(
                new Sample.Series(
                    "t", List.of(1.0, 2.0, Double.NaN), List.of(Double.NaN, 4.0, 5.0))),
            null);

    assertThat(sample.values()).containsOnly(Map.entry("one", 1.0));
    assertThat(sample.series()).containsExactly(new Sample.Series("t", List.of(2.0), List.of(4.0)));
  }

  private Report report() {
    return new Report(
        text(),
        text(),
        text(),
        Instant.ofEpochSecond(random.nextLong(-1L << 32, 1L << 34), random.nextInt(1_000_000_000)),
        Duration.ofNanos(random.nextLong(Long.MAX_VALUE)),
        new Machine(
            text(),
            random.nextInt(1000),
            random.nextLong(1L << 50),
            text(),
            text(),
            text(),
            text()),
        text(),
        map(this::text),
        list(() -> new Report.Peer(text(), text(), text())),
        list(() ->
            new Report.Metric(
                text(), text(), text(), random.nextInt(10), any(Report.Better.values()))),
        list(() ->
            new Sample(
                text(),
                text(),
                random.nextInt(1, 100),
                random.nextBoolean(),
                map(this::number),
                list(this::series),
                random.nextBoolean() ? null : text())),
        list(() ->
            new Chart(
                any(Chart.Kind.values()),
                text(),
                text(),
                list(this::text),
                text(),
                text(),
                random.nextBoolean())),
        List.of(),
        list(this::text));
  }

  private Sample.Series series() {
    int length = random.nextInt(20);
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      x.add(number());
      y.add(number());
    }
    return new Sample.Series(text(), x, y);
  }

  private double number() {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextInt();
      case 1 -> random.nextLong();
      case 2 -> random.nextDouble();
      case 3 -> -0.0;
      case 4 -> Double.MIN_VALUE;
      default -> {
        double any = Double.longBitsToDouble(random.nextLong());
        yield Double.isFinite(any) ? any : Double.MAX_VALUE;
      }
    };
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return text.toString();
  }

  private <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private <T> List<T> list(Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      list.add(element.get());
    }
    return list;
  }

  private <T> Map<String, T> map(Supplier<T> value) {
    Map<String, T> map = new HashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      map.put(text(), value.get());
    }
    return map;
  }
}
