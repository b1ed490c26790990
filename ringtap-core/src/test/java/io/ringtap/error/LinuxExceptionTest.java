package io.ringtap.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LinuxExceptionTest {
  @Test
  void namesOperationSubjectErrorAndRemedy() {
    LinuxException refused =
        new LinuxException("socket(AF_PACKET)", "the ring", Errno.EPERM, "needs CAP_NET_RAW");

    assertThat(refused)
        .hasMessage(
            "socket(AF_PACKET) for the ring: EPERM (operation not permitted): needs CAP_NET_RAW");
    assertThat(refused.operation()).isEqualTo("socket(AF_PACKET)");
    assertThat(refused.subject()).isEqualTo("the ring");
    assertThat(refused.errno()).isEqualTo(Errno.EPERM);
    assertThat(refused.remedy()).isEqualTo("needs CAP_NET_RAW");
  }

  @Test
  void leavesOutWhatIsEmpty() {
    LinuxException refused = new LinuxException("bind", "", Errno.ENODEV, "");

    assertThat(refused).hasMessage("bind: ENODEV (no such device)");
  }

  @Test
  void namesTheLimitWhenDescriptorsRunOut() {
    assertThatThrownBy(
            () -> LinuxException.check(-24, "socket(AF_PACKET)", "the ring", "needs CAP_NET_RAW"))
        .hasMessage(
            "socket(AF_PACKET) for the ring: EMFILE (too many open files):"
                + " raise the limit of open files (ulimit -n)");
    assertThatThrownBy(() -> LinuxException.check(-23, "eventfd", "", ""))
        .hasMessageEndingWith(": raise the system's limit (sysctl fs.file-max)");
    assertThatThrownBy(() -> LinuxException.check(-1, "bind", "", "needs CAP_NET_RAW"))
        .hasMessageEndingWith(": needs CAP_NET_RAW");
  }

  @Test
  void checksOnlyNegativeResults() throws LinuxException {
    int result = LinuxException.check(3, "socket", "the test");

    assertThat(result).isEqualTo(3);
    assertThatThrownBy(() -> LinuxException.check(-13, "socket", "the test"))
        .isInstanceOf(LinuxException.class)
        .hasMessage("socket for the test: EACCES (permission denied)");
  }
}
