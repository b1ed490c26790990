package io.ringtap.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveRegionTest {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final ByteArrayOutputStream sink = new ByteArrayOutputStream();
  private final Output out = new Output(sink, _ -> {});
  private final LiveRegion region = new LiveRegion(out);

  @AfterEach
  void close() {
    out.close();
  }

  private void draw(String... lines) {
    region.draw(text -> {
      for (String line : lines) {
        text.append(line).append(LiveRegion.END_OF_LINE);
      }
    });
  }

  /// What the terminal got since the last call, with `ESC` for the escape character.
  private String sent() {
    assertThat(out.drain(PATIENCE_NANOS)).isTrue();
    String text = sink.toString(StandardCharsets.UTF_8).replace("\u001B", "ESC");
    sink.reset();
    return text;
  }

  @Test
  void drawsEachBlockInThePlaceOfTheLast() {
    draw("a", "b", "c");
    draw("d");
    draw("e");

    assertThat(sent())
        .isEqualTo(
            "ESC[?25laESC[K\nbESC[K\ncESC[K\nESC[J"
                + "ESC[?25l\rESC[3AdESC[K\nESC[J"
                + "ESC[?25l\rESC[1AeESC[K\nESC[J");
  }

  @Test
  void makesWayForWhatIsToStay() {
    draw("a", "b");
    region.erase();
    region.erase();
    out.line(new StringBuilder("stays"));
    draw("c");

    assertThat(sent())
        .isEqualTo(
            "ESC[?25laESC[K\nbESC[K\nESC[J"
                + "\rESC[2AESC[J"
                + "stays\n"
                + "ESC[?25lcESC[K\nESC[J");
  }

  @Test
  void leavesTheBlockAndGivesTheCursorBack() {
    draw("a");
    region.release();
    region.erase();

    assertThat(sent()).isEqualTo("ESC[?25laESC[K\nESC[J" + "ESC[?25h");
  }
}
