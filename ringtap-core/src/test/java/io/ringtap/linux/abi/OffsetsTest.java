package io.ringtap.linux.abi;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.MemoryLayout.unionLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringtap.linux.abi.netlink.RtnlLinkStats64;
import io.ringtap.linux.abi.packet.Tpacket3Hdr;
import io.ringtap.linux.abi.socket.Mmsghdr;
import io.ringtap.linux.abi.socket.Msghdr;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OffsetsTest {
  static Stream<GroupLayout> layouts() {
    return Stream.of(
        Tpacket3Hdr.LAYOUT, Msghdr.LAYOUT, Mmsghdr.LAYOUT, RtnlLinkStats64.LAYOUT, PollFd.LAYOUT);
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void findsWhatTheJdkFinds(GroupLayout layout) {
    for (MemoryLayout member : layout.memberLayouts()) {
      member
          .name()
          .ifPresent(name ->
              assertThat(Offsets.of(layout, name))
                  .isEqualTo(layout.byteOffset(groupElement(name))));
    }
  }

  @Test
  void looksIntoAnonymousGroups() {
    GroupLayout layout =
        structLayout(
            JAVA_INT.withName("head"),
            paddingLayout(4),
            unionLayout(
                JAVA_INT.withName("flags"),
                structLayout(JAVA_LONG.withName("first"), JAVA_BYTE.withName("second"))),
            JAVA_BYTE.withName("last"));

    assertThat(Offsets.of(layout, "flags")).isEqualTo(8);
    assertThat(Offsets.of(layout, "first")).isEqualTo(8);
    assertThat(Offsets.of(layout, "second")).isEqualTo(16);
    assertThat(Offsets.of(layout, "last")).isEqualTo(17);
  }

  @Test
  void refusesANameThatTheLayoutDoesNotHave() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Offsets.of(PollFd.LAYOUT, "fds"))
        .withMessageContaining("no member fds");
  }
}
