package io.ringtap;

import io.ringtap.packet.Checksum;
import io.ringtap.testing.ExportedApi;
import org.junit.jupiter.api.Test;

class ExportedApiTest {
  @Test
  void showsOnlyTypesThatAUserCanName() {
    ExportedApi.of(Checksum.class).check();
  }
}
