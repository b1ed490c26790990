package io.ringtap.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveRegionTest {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final ByteArrayOutputStream sink = new ByteArrayOutputStream();
  private final Output out = new Output(sink, _ -> {});
  private final AtomicBoolean isForeground = new AtomicBoolean(true);
  private final LiveRegion region = new LiveRegion(out, isForeground::get);

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
  void drawsEachBlockInThePlaceOfTheLastOnAScreenOfItsOwn() {
    draw("a", "b");
    draw("c");

    assertThat(sent())
        .isEqualTo("ESC[?1049hESC[?25lESC[HaESC[K\nbESC[K\nESC[J" + "ESC[HcESC[K\nESC[J");
  }

  @Test
  void leavesTheScreenForWhatIsToStay() {
    draw("a");
    region.erase();
    region.erase();
    out.line(new StringBuilder("stays"));
    draw("b");

    assertThat(sent())
        .isEqualTo(
            "ESC[?1049hESC[?25lESC[HaESC[K\nESC[J"
                + "ESC[?25hESC[?1049l"
                + "stays\n"
                + "ESC[?1049hESC[?25lESC[HbESC[K\nESC[J");
  }

  @Test
  void leavesTheBlockBehindAtTheEnd() {
    draw("a");
    region.release();
    region.release();

    assertThat(sent()).endsWith("ESC[J" + "ESC[?25hESC[?1049l" + "aESC[K\n");
  }

  @Test
  void holdsMessagesUntilTheScreenIsLeft() {
    StringWriter err = new StringWriter();
    PrintWriter printer = new PrintWriter(err, true);

    region.above(printer, "before");
    draw("a");
    region.above(printer, "meanwhile");
    assertThat(err.toString()).isEqualTo("before\n");
    region.erase();

    assertThat(err.toString()).isEqualTo("before\nmeanwhile\n");
  }

  @Test
  void leavesTheScreenWhileTheProcessIsStoppedOrInTheBackground() {
    draw("a");
    region.suspend();
    isForeground.set(false);
    region.resume();
    draw("b");
    assertThat(sent()).endsWith("ESC[?25hESC[?1049l");
    isForeground.set(true);
    region.resume();

    assertThat(sent()).isEqualTo("ESC[?1049hESC[?25lESC[HbESC[K\nESC[J");
  }

  @Test
  void drawsNoMoreOnceTheProcessBeginsToEnd() {
    draw("a");
    region.end();
    assertThat(sent()).endsWith("ESC[?25hESC[?1049l");
    draw("b");
    assertThat(sent()).isEmpty();
    region.release();

    assertThat(sent()).isEqualTo("bESC[K\n");
  }

  @Test
  void drawsWhatChangesOfAPictureAndAllOfItOnANewScreen() {
    region.draw("whole 1", "changes 1");
    region.draw("whole 2", "changes 2");
    assertThat(sent()).isEqualTo("ESC[?1049hESC[?25lESC[Hwhole 1ESC[J" + "changes 2");

    region.suspend();
    region.draw("whole 3", "changes 3");
    assertThat(sent()).isEqualTo("ESC[?25hESC[?1049l");
    region.resume();
    region.draw("whole 4", "changes 4");

    assertThat(sent()).isEqualTo("ESC[?1049hESC[?25lESC[Hwhole 3ESC[J" + "changes 4");
  }

  @Test
  void holdsNoMoreMessagesThanAPersonReads() {
    StringWriter err = new StringWriter();
    PrintWriter printer = new PrintWriter(err, true);
    draw("a");

    for (int i = 0; i < 1_500; i++) {
      region.above(printer, "message " + i);
    }
    region.erase();

    assertThat(err.toString().lines()).hasSize(1_000).startsWith("message 500");
  }
}
