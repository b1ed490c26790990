package io.ringtap.cli;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/// Keeps the command's packages free of circles.
class ArchitectureTest {
  @Test
  void hasNoCircles() {
    SlicesRuleDefinition.slices()
        .matching("io.ringtap.(cli..)")
        .should()
        .beFreeOfCycles()
        .check(
            new ClassFileImporter()
                .importUrl(Main.class.getProtectionDomain().getCodeSource().getLocation()));
  }
}
