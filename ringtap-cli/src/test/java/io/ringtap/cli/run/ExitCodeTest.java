package io.ringtap.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExitCodeTest {
  @Test
  void aFailedCallOutweighsBadArgumentsAndTheseANameAndThatAnUnreachableTarget() {
    assertThat(ExitCode.worse(ExitCode.SYSTEM, ExitCode.BAD_ARGUMENTS)).isEqualTo(4);
    assertThat(ExitCode.worse(ExitCode.NAME_NOT_FOUND, ExitCode.BAD_ARGUMENTS)).isEqualTo(3);
    assertThat(ExitCode.worse(ExitCode.UNREACHABLE, ExitCode.NAME_NOT_FOUND)).isEqualTo(2);
    assertThat(ExitCode.worse(ExitCode.OK, ExitCode.UNREACHABLE)).isEqualTo(1);
  }
}
