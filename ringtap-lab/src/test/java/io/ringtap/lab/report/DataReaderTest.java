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
class DataReaderTest {
  private static final String GOOD = DataWriter.text(MadeUpReport.ladder(1));

  private static Report read(String json) throws DataValue.Unfit {
    return DataReader.read(json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "\"schema_version\": 1 @ \"schema_version\": 2 @ line 3, column 21: schema_version is not 1, the one that this Ringtap reads",
        "\"schema_version\": 1, @ '' @ line 1, column 1: the file has no \"schema_version\"",
        "\"question\": \"What does each rung buy?\", @ '' @ line 1, column 1: the report has no \"question\"",
        "\"command\": \"ringtap @ \"more\": 1, \"command\": \"ringtap @ line 18, column 11: the report has a \"more\", unknown here",
        "\"2026-02-03T04:05:06Z\" @ \"yesterday\" @ line 7, column 12: begun is no instant such as 2026-01-31T12:00:00Z",
        "4200000000 @ -1 @ line 8, column 14: took_ns is no whole number from 0 to 9223372036854775807",
        "\"processors\": 4 @ \"processors\": 4.5 @ line 11, column 19: machine.processors is no whole number from 0 to 2147483647",
        "\"factor\": \"1.0\" @ \"factor\": 1 @ line 20, column 15: flags.factor is no string",
        "\"decimals\": 0 @ \"decimals\": 99999999999 @ line 27, column 84: metrics[0].decimals is no whole number from 0 to 9",
        "\"better\": \"higher\" @ \"better\": \"nicer\" @ line 27, column 97: metrics[0].better is none of lower, higher, neither",
        "\"captured_pps\": 1001000 @ \"captured_pps\": 1e999 @ line 30, column 120: samples[0].values.captured_pps is no number that a double holds",
        "\"captured_pps\": 1001000 @ \"captured_pps\": null @ line 30, column 120: samples[0].values.captured_pps is no number that a double holds",
        "\"run\": 1 @ \"run\": 0 @ line 30, column 55: samples[0].run is no whole number from 1 to 2147483647",
        "\"warm_up\": false @ \"warm_up\": \"no\" @ line 30, column 69: samples[0].warm_up is neither true nor false",
        "\"failure\": null @ \"failure\": 7 @ line 30, column 87: samples[0].failure is neither a string nor null",
        "\"series\": [] @ \"series\": [{\"name\": \"a\", \"x\": [1], \"y\": []}] @ line 30, column 141: samples[0].series[0] has 1 places and 0 values",
        "\"series\": [] @ \"series\": {} @ line 30, column 140: samples[0].series is no array",
        "\"notes\": [] @ \"notes\": [1] @ line 52, column 13: notes[0] is no string",
      })
  void saysWhereAndWhatIsWrong(String good, String bad, String message) {
    String json = GOOD.replace(good, bad);

    assertThat(json).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> read(json)).isInstanceOf(DataValue.Unfit.class).hasMessage(message);
  }

  @Test
  void saysThatAPropertyComesTwice() {
    String json = GOOD.replace("\"title\"", "\"question\"");

    assertThatThrownBy(() -> read(json)).hasMessageStartingWith("line 6, column ");
  }

  @Test
  void saysThatTheFileIsEmptyOrGoesOn() {
    assertThatThrownBy(() -> read("")).hasMessage("is empty");
    assertThatThrownBy(() -> read(GOOD + "{}")).hasMessage("goes on behind the report");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"schema\"", "nonsense", "{\"schema\": NaN}", "\u0000"})
  void saysWhereItIsNoJson(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(DataValue.Unfit.class)
        .message()
        .matches("line 1, column \\d+: [^\\n]+");
  }

  @Test
  void refusesDeepNestingBeforeTheStackEnds() {
    String json = GOOD.replace("\"notes\": []", "\"notes\": " + "[".repeat(100_000));

    assertThatThrownBy(() -> read(json)).isInstanceOf(DataValue.Unfit.class);
  }

  @Test
  void keepsAForeignNameOnOneLine() {
    String json = GOOD.replace("\"notes\"", "\"a\\n" + "b".repeat(1000) + "\"");

    assertThatThrownBy(() -> read(json))
        .isInstanceOf(DataValue.Unfit.class)
        .message()
        .doesNotContain("\n")
        .hasSizeLessThan(120);
  }

  @Test
  void refusesEveryTruncation() {
    byte[] whole = GOOD.strip().getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> DataReader.read(cut)).isInstanceOf(DataValue.Unfit.class);
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
        assertThat(DataReader.read(damaged).samples()).isNotEmpty();
      } catch (DataValue.Unfit e) {
        refused++;
        assertThat(e).message().isNotEmpty().doesNotContain("\n");
      }
    }
    assertThat(refused).isBetween(1_000, 4_999);
  }
}
