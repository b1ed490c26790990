package io.ringtap.cli.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.tui.Key;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyDecoderTest {
  private final List<String> keys = new ArrayList<>();
  private final KeyDecoder decoder =
      new KeyDecoder((key, character) -> keys.add(key == Key.TEXT ? "" + character : key.name()));

  private void send(String bytes) {
    bytes.chars().forEach(decoder::onByte);
  }

  @ParameterizedTest
  @CsvSource({
    "[A, UP",
    "OA, UP",
    "[B, DOWN",
    "[C, RIGHT",
    "[D, LEFT",
    "[H, HOME",
    "[1~, HOME",
    "[F, END",
    "[4~, END",
    "[5~, PAGE_UP",
    "[6~, PAGE_DOWN",
    "[1;5A, UP",
    "[6;2~, PAGE_DOWN"
  })
  void knowsTheKeysThatSendSequences(String sequence, String key) {
    send("\u001B" + sequence + "x");

    assertThat(keys).containsExactly(key, "x");
  }

  @Test
  void knowsThoseThatSendAByte() {
    send("a/\r\n\u007F\b\u0001");

    assertThat(keys).containsExactly("a", "/", "ENTER", "ENTER", "BACKSPACE", "BACKSPACE");
  }

  @Test
  void takesAnEscapeCharacterForTheKeyIfNothingFollows() {
    send("\u001B");
    decoder.onTick();
    assertThat(keys).isEmpty();
    decoder.onTick();
    assertThat(keys).containsExactly("ESCAPE");
    decoder.onTick();
    decoder.onTick();

    assertThat(keys).containsExactly("ESCAPE");
  }

  @Test
  void takesASequenceThatComesInPieces() {
    send("\u001B[");
    decoder.onTick();
    send("5");
    decoder.onTick();
    send("~");

    assertThat(keys).containsExactly("PAGE_UP");
  }

  @Test
  void passesOverSequencesThatItDoesNotKnow() {
    send("\u001B[15~\u001B[Z\u001Bx\u001B\u001B[Bq");

    assertThat(keys).containsExactly("ESCAPE", "DOWN", "q");
  }
}
