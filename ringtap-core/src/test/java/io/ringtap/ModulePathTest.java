package io.ringtap;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.Checksum;
import java.lang.module.ModuleDescriptor;
import org.junit.jupiter.api.Test;

/// The tests run inside the module on the module path, so a missing `requires` breaks them.
class ModulePathTest {
  @Test
  void runsInsideTheModule() {
    Module module = Checksum.class.getModule();

    assertThat(module.getName()).isEqualTo("io.ringtap");
    assertThat(ModulePathTest.class.getModule()).isSameAs(module);
    assertThat(module.isNativeAccessEnabled()).isTrue();
  }

  @Test
  void needsTheJdkOnly() {
    assertThat(Checksum.class.getModule().getDescriptor().requires())
        .filteredOn(
            required -> !required.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
        .extracting(ModuleDescriptor.Requires::name)
        .allMatch(name -> name.startsWith("java.") || name.startsWith("jdk."));
  }
}
