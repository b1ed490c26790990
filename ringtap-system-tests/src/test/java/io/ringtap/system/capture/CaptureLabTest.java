package io.ringtap.system.capture;

import io.ringtap.system.FrameSender;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Tests that each have a [CaptureLab] of their own, and a sender at the far end of its cable.
public abstract class CaptureLabTest {
  protected CaptureLab lab;
  protected FrameSender sender;

  @BeforeEach
  protected void openLab() throws IOException {
    Requirement.root();
    lab = CaptureLab.create();
    sender = FrameSender.on(lab.far());
  }

  @AfterEach
  protected void closeLab() {
    if (sender != null) {
      sender.close();
    }
    if (lab != null) {
      lab.close();
    }
  }
}
