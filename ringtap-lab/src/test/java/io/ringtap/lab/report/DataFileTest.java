package io.ringtap.lab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is no report is refused, with the place.
class DataFileTest {
  private static final String GOOD = DataFile.text(MadeUpReport.ladder(1));

  private static Report read(String json) throws DataFile.NotAReport {
    return DataFile.read(json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "\"schema_version\": 2 @ \"schema_version\": 3 @ has schema_version 3, and this Ringtap"
            + " reads 2",
        "\"schema_version\": 2, @ '' @ has schema_version null, and this Ringtap reads 2",
        "\"question\": \"What does each rung buy?\", @ '' @ line 54, column 1: question: missing",
        "\"command\": \"ringtap @ \"more\": 1, \"command\": \"ringtap @ more: unknown property",
        "\"2026-02-03T04:05:06Z\" @ \"yesterday\" @ line 7, column 12: begun: not a valid value",
        "4200000000 @ -1 @ line 54, column 1: took_ns is negative",
        "\"processors\": 4 @ \"processors\": 4.5 @ line 11, column 19: machine.processors: not a"
            + " valid value",
        "\"factor\": \"1.0\" @ \"factor\": 1 @ line 20, column 15: flags.factor: not a valid value",
        "\"decimals\": 0 @ \"decimals\": 10 @ line 27, column 106: metrics[0]: 0 to 9 decimals can"
            + " be printed, not 10",
        "\"decimals\": 0 @ \"decimals\": 99999999999 @ line 27, column 95: metrics[0].decimals:"
            + " Numeric value (99999999999) out of range of `int` (-2147483648 - 2147483647)",
        "\"better\": \"higher\" @ \"better\": \"nicer\" @ line 27, column 97: metrics[0].better:"
            + " not a valid value",
        "\"captured_pps\": 1001000 @ \"captured_pps\": 1e999 @ line 30, column 120:"
            + " samples[0].values.captured_pps: not a valid value",
        "\"captured_pps\": 1001000 @ \"captured_pps\": null @ line 30, column 120:"
            + " samples[0].values.captured_pps: not a valid value",
        "\"run\": 1 @ \"run\": 0 @ line 30, column 142: samples[0]: runs are counted from 1, so not"
            + " 0",
        "\"warm_up\": false @ \"warm_up\": \"no\" @ line 30, column 69: samples[0].warm_up: not a"
            + " valid value",
        "\"failure\": null @ \"failure\": 7 @ line 30, column 87: samples[0].failure: not a valid"
            + " value",
        "\"series\": [] @ \"series\": [{\"name\": \"a\", \"x\": [1], \"y\": []}] @ line 30, column"
            + " 172: samples[0].series[0]: 1 places and 0 values",
        "\"series\": [] @ \"series\": {} @ line 30, column 140: samples[0].series: not a valid"
            + " value",
        "\"notes\": [] @ \"notes\": [1] @ line 53, column 13: notes[0]: not a valid value",
      })
  void saysWhereAndWhatIsWrong(String good, String bad, String message) {
    String json = GOOD.replace(good, bad);

    assertThat(json).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(DataFile.NotAReport.class)
        .hasMessage(message);
  }

  @Test
  void saysThatAPropertyComesTwice() {
    String json = GOOD.replace("\"title\"", "\"question\"");

    assertThatThrownBy(() -> read(json)).hasMessageStartingWith("line 6, column ");
  }

  @Test
  void saysThatTheFileIsEmptyOrGoesOn() {
    assertThatThrownBy(() -> read("")).hasMessage("is empty");
    assertThatThrownBy(() -> read(GOOD + "{}"))
        .hasMessage("line 55, column 1: goes on after the report");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"schema\"", "nonsense", "{\"schema\": NaN}", "\u0000"})
  void saysWhereItIsNoJson(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(DataFile.NotAReport.class)
        .message()
        .matches("line 1, column \\d+: [^\\n]+");
  }

  @Test
  void refusesDeepNestingBeforeTheStackEnds() {
    String json = GOOD.replace("\"notes\": []", "\"notes\": " + "[".repeat(100_000));

    assertThatThrownBy(() -> read(json)).isInstanceOf(DataFile.NotAReport.class);
  }

  @Test
  void keepsAForeignNameOnOneLine() {
    String json = GOOD.replace("\"notes\"", "\"a\\n" + "b".repeat(1000) + "\"");

    assertThatThrownBy(() -> read(json))
        .isInstanceOf(DataFile.NotAReport.class)
        .message()
        .doesNotContain("\n")
        .hasSizeLessThan(120);
  }

  @Test
  void refusesEveryTruncation() {
    byte[] whole = GOOD.strip().getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> DataFile.read(cut)).isInstanceOf(DataFile.NotAReport.class);
    }
  }

  /// Whatever bytes change, there is a report or one line that says why not.
  @Test
  void refusesDamageWithOneLineOrReadsAReport() {
    SplittableRandom random = new SplittableRandom(1);
    byte[] whole = GOOD.getBytes(StandardCharsets.UTF_8);
    int refused = 0;
    for (int round = 0; round < 5_000; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i <= random.nextInt(3); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(DataFile.read(damaged).samples()).isNotEmpty();
      } catch (DataFile.NotAReport e) {
        refused++;
        assertThat(e).message().isNotEmpty().doesNotContain("\n");
      }
    }
    assertThat(refused).isBetween(1_000, 4_999);
  }
}
