package io.ringtap;

import io.ringtap.packet.Checksum;
import io.ringtap.testing.ExportedApi;
import org.junit.jupiter.api.Test;

class ExportedApiTest {
  private static final ExportedApi API = ExportedApi.of(Checksum.class);

  @Test
  void showsOnlyTypesThatAUserCanName() {
    API.check();
  }

  @Test
  void changesOnlyKnowingly() {
    API.checkUnchanged();
  }
}
