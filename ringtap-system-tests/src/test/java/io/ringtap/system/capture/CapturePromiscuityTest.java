package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.system.Command;
import io.ringtap.testing.Requirement;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// An interface is promiscuous as long as a capture wants it, however that ends.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CapturePromiscuityTest extends CaptureLabTest {
  private static final Pattern COUNT = Pattern.compile(" promiscuity (\\d+) ");

  /// Captures on `near0` until it is killed.
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
      try (Capture capture = Capture.open(CaptureLab.options().withThreads(2))) {
        capture.start(_ -> _ -> {}, CaptureLab.DEAF);
        System.out.println("capturing");
        capture.await();
      }
    }
  }

  @BeforeEach
  void prepare() throws IOException {
    Requirement.tool("ip");
  }

  /// How many want the interface to be promiscuous, as `ip` tells.
  private int promiscuity() throws IOException, InterruptedException {
    Process ip = lab.captures().process("ip", "-d", "link", "show", "near0").start();
    String out = String.join(" ", Command.finish(ip).out());
    Matcher count = COUNT.matcher(out);
    assertThat(count.find()).as(out).isTrue();
    return Integer.parseInt(count.group(1));
  }

  @Test
  void lastsFromOpenToClose() throws Exception {
    assertThat(promiscuity()).isZero();
    Capture capture = lab.open(CaptureLab.options().withThreads(2));
    try (capture) {
      assertThat(promiscuity()).isEqualTo(2);
      try (Capture _ = lab.open(CaptureLab.options())) {
        assertThat(promiscuity()).isEqualTo(3);
      }
      assertThat(promiscuity()).isEqualTo(2);
    }
    assertThat(promiscuity()).isZero();
  }

  @Test
  void isNotAskedForInVain() throws Exception {
    try (Capture _ = lab.open(CaptureLab.options().withPromiscuous(false));
        Capture _ = lab.open(CaptureOptions.on(CaptureOptions.ANY))) {
      assertThat(promiscuity()).isZero();
    }
  }

  @Test
  void endsWithAProcessThatIsKilled() throws Exception {
    Process child =
        lab.captures()
            .process(
                System.getProperty("java.home") + "/bin/java",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = child.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("capturing");
      assertThat(promiscuity()).isEqualTo(2);
    } finally {
      child.destroyForcibly(); // SIGKILL
      assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    await().atMost(CaptureLab.PATIENCE).until(() -> promiscuity() == 0);
  }
}
