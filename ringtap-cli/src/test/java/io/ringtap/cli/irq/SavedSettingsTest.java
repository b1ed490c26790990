package io.ringtap.cli.irq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.device.KernelSetting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedSettingsTest {
  @TempDir Path directory;

  private static KernelSetting setting(String path, String value) {
    return new KernelSetting(Path.of(path), value, "eth0-TxRx-0");
  }

  private SavedSettings saved() {
    return new SavedSettings(directory.resolve("made/as/needed"), "eth0");
  }

  @Test
  void bringsBackWhatWasKept() throws Exception {
    List<KernelSetting> settings = List.of(setting("/proc/irq/1/x", "0-3"), setting("/b", ""));

    boolean before = saved().exist();
    saved().keep(settings);

    assertThat(before).isFalse();
    assertThat(saved().exist()).isTrue();
    assertThat(saved().read()).isEqualTo(settings);
  }

  @Test
  void keepsTheFirstValueAndAddsWhatIsNew() throws Exception {
    saved().keep(List.of(setting("/a", "first")));
    saved().keep(List.of(setting("/a", "second"), setting("/b", "new")));

    assertThat(saved().read()).containsExactly(setting("/a", "first"), setting("/b", "new"));
  }

  @Test
  void leavesNothingBehind() throws Exception {
    saved().keep(List.of(setting("/a", "1")));
    saved().delete();
    saved().delete();

    assertThat(saved().exist()).isFalse();
    try (var files = Files.list(directory.resolve("made/as"))) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void refusesAFileOfAnotherKindOrInterface() throws Exception {
    Path file = directory.resolve("state");
    SavedSettings saved = new SavedSettings(file, "eth0");

    Files.writeString(file, "");
    assertThatThrownBy(saved::read).hasMessage(file + " was not saved for eth0");
    Files.writeString(file, "ringtap irq 1\teth1\n");
    assertThatThrownBy(saved::read).hasMessage(file + " was not saved for eth0");
    Files.writeString(file, "ringtap irq 1\teth0\n/a\t1\t2\nno tabs\n");
    assertThatThrownBy(saved::read)
        .isInstanceOf(SavedSettings.Malformed.class)
        .hasMessage(file + ", line 3: not a path, a value and a purpose");
  }
}
