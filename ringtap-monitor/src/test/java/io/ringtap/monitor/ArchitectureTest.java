package io.ringtap.monitor;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.ringtap.monitor.window.Window;
import org.junit.jupiter.api.Test;

/// Keeps the monitor's packages free of circles.
class ArchitectureTest {
  @Test
  void hasNoCircles() {
    SlicesRuleDefinition.slices()
        .matching("io.ringtap.(monitor..)")
        .should()
        .beFreeOfCycles()
        .check(
            new ClassFileImporter()
                .importUrl(Window.class.getProtectionDomain().getCodeSource().getLocation()));
  }
}
