package io.ringtap.system.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BareListsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "host 10.0.0.1 and ((10.0.0.2 or 10.0.0.3))",
        "host 10.0.0.1 and (10.0.0.2 or tcp)",
        "host 127.0.0.1 && (10.1.2.3 || !(udp port 80 and ip src or dst host 10.0.0.2))",
        "port 80 and (http || not (domain and less 40))"
      })
  void findsOtherThingsInLists(String expression) {
    assertThat(BareLists.holdOtherThings(expression)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host 10.0.0.1 and (10.0.0.2 or not 10.0.0.3)",
        "host 10.0.0.1 and (!10.0.0.2 or (10.0.0.3 and not (10.0.0.4)))",
        "host 10.0.0.1 and (tcp or 10.0.0.2)",
        "src host (10.0.0.1 or 10.0.0.2) and tcp",
        "ether host 1:2:3:4:5:6 or (ff:ff:ff:ff:ff:ff or 7:8:9:a:b:c)"
      })
  void findsNoneWhereThereAreOnlyIdentifiers(String expression) {
    assertThat(BareLists.holdOtherThings(expression)).isFalse();
  }
}
