package io.ringtap.ping.engine.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineEventsTest {
  @Test
  void areInARecordingThatNamedThemBeforeTheirClassesWereLoaded(@TempDir Path directory)
      throws IOException {
    Path file = directory.resolve("engine.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("io.ringtap.BatchSent");
      recording.start();
      EngineEvents.BatchSent sent = Objects.requireNonNull(EngineEvents.batchSent());
      sent.requests = 3;
      sent.commit();
      recording.stop();
      recording.dump(file);
    }

    assertThat(RecordingFile.readAllEvents(file))
        .filteredOn(event -> event.getEventType().getName().equals("io.ringtap.BatchSent"))
        .extracting(event -> event.getInt("requests"))
        .containsExactly(3);
  }
}
