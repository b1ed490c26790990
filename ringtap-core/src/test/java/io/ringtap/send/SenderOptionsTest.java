package io.ringtap.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.testing.OpenDescriptors;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SenderOptionsTest {
  @Test
  void changesOneThingAtATime() {
    SenderOptions options = SenderOptions.on("eth0");

    assertThat(options.withQdiscBypass(true)).isEqualTo(new SenderOptions("eth0", true, null));
    assertThat(options.withSendBuffer(1 << 20).withQdiscBypass(true))
        .isEqualTo(new SenderOptions("eth0", true, 1 << 20));
    assertThat(options).isEqualTo(new SenderOptions("eth0", false, null));
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatIllegalArgumentException().isThrownBy(() -> SenderOptions.on(""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SenderOptions.on("eth0").withSendBuffer(0))
        .withMessageContaining("4096");
  }

  @Test
  void namesTheInterfacesThatThereAreWhenThereIsNoneOfThatName() throws IOException {
    long before = OpenDescriptors.count();

    assertThatExceptionOfType(LinuxException.class)
        .isThrownBy(() -> PacketSender.open(SenderOptions.on("nosuch0")))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENODEV))
        .withMessageContainingAll("send for nosuch0", "there are: lo");
    assertThat(OpenDescriptors.count()).isEqualTo(before);
  }
}
