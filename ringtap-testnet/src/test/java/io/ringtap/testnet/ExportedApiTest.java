package io.ringtap.testnet;

import io.ringtap.testing.ExportedApi;
import org.junit.jupiter.api.Test;

class ExportedApiTest {
  private static final ExportedApi API = ExportedApi.of(NetworkNamespace.class);

  @Test
  void showsOnlyTypesThatAUserCanName() {
    API.check();
  }

  @Test
  void changesOnlyKnowingly() {
    API.checkUnchanged();
  }
}
