package io.ringtap.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrnoTest {
  @Test
  void printsANumberThatHasNoName() {
    Errno unheardOf = new Errno(4711);

    assertThat(unheardOf).hasToString("errno 4711 (unknown error)");
  }

  @Test
  void isReadFromANegativeResult() {
    Errno errno = Errno.of(-101L);

    assertThat(errno)
        .isEqualTo(Errno.ENETUNREACH)
        .hasToString("ENETUNREACH (network is unreachable)");
    assertThat(errno.is(-101)).isTrue();
    assertThat(errno.is(101)).isFalse();
    assertThat(errno.is(0)).isFalse();
  }

  @Test
  void namesWhatAProcessOutOfDescriptorsMeets() {
    assertThat(Errno.of(-24)).isEqualTo(Errno.EMFILE).hasToString("EMFILE (too many open files)");
  }
}
