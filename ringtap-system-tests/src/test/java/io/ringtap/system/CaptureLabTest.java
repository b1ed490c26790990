package io.ringtap.system;

import io.ringtap.testing.Requirement;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Tests that each have a [CaptureLab] of their own, and a sender at the far end of its cable.
abstract class CaptureLabTest {
  CaptureLab lab;
  FrameSender sender;

  @BeforeEach
  void openLab() throws IOException {
    Requirement.root();
    lab = CaptureLab.create();
    sender = FrameSender.on(lab.far());
  }

  @AfterEach
  void closeLab() {
    if (sender != null) {
      sender.close();
    }
    if (lab != null) {
      lab.close();
    }
  }
}
