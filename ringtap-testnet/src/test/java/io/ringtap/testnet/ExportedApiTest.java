package io.ringtap.testnet;

import io.ringtap.testing.ExportedApi;
import org.junit.jupiter.api.Test;

class ExportedApiTest {
  @Test
  void showsOnlyTypesThatAUserCanName() {
    ExportedApi.of(NetworkNamespace.class).check();
  }
}
