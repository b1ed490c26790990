package io.ringtap.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.abi.netlink.Netlink;
import io.ringtap.linux.abi.netlink.Nlmsghdr;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetlinkPartsTest {
  private static final int SEQUENCE = 7;

  private final Arena arena = Arena.ofConfined();
  private final List<Integer> seen = new ArrayList<>(); // the first int of each message's body
  private final NetlinkParts parts =
      new NetlinkParts(
          SEQUENCE,
          "RTM_GETLINK",
          "the test",
          message -> seen.add(message.get(ValueLayout.JAVA_INT, Nlmsghdr.BYTES)));

  @AfterEach
  void free() {
    arena.close();
  }

  /// A datagram of messages: type, flags, sequence and one int of body for each.
  private MemorySegment datagram(int... words) {
    int each = Nlmsghdr.BYTES + Integer.BYTES;
    MemorySegment datagram = arena.allocate((long) words.length / 4 * each, Long.BYTES);
    for (int i = 0; i < words.length / 4; i++) {
      Nlmsghdr.write(datagram, (long) i * each, words[i * 4], words[i * 4 + 1]);
      Nlmsghdr.length(datagram, (long) i * each, each);
      Nlmsghdr.sequence(datagram, (long) i * each, words[i * 4 + 2]);
      datagram.set(ValueLayout.JAVA_INT, (long) i * each + Nlmsghdr.BYTES, words[i * 4 + 3]);
    }
    return datagram;
  }

  @Test
  void showsTheMessagesOfAllDatagramsUntilTheEnd() throws LinuxException {
    parts.accept(datagram(16, 2, SEQUENCE, 1, 16, 2, SEQUENCE, 2));
    boolean early = parts.isComplete();
    parts.accept(datagram(16, 2, SEQUENCE, 3, Netlink.NLMSG_DONE, 2, SEQUENCE, 0));

    assertThat(early).isFalse();
    assertThat(parts.isComplete()).isTrue();
    assertThat(parts.isConsistent()).isTrue();
    assertThat(seen).containsExactly(1, 2, 3);
  }

  @Test
  void passesOverAnswersToOtherRequests() throws LinuxException {
    parts.accept(datagram(16, 2, 6, 1, Netlink.NLMSG_DONE, 2, 6, 0));

    assertThat(seen).isEmpty();
    assertThat(parts.isComplete()).isFalse();
  }

  @Test
  void tellsThatTheListChangedMeanwhile() throws LinuxException {
    parts.accept(datagram(16, 2 | Netlink.NLM_F_DUMP_INTR, SEQUENCE, 1));
    parts.accept(datagram(Netlink.NLMSG_DONE, 2, SEQUENCE, 0));

    assertThat(parts.isComplete()).isTrue();
    assertThat(parts.isConsistent()).isFalse();
  }

  @Test
  void throwsTheErrorThatEndsIt() {
    assertThatThrownBy(() -> parts.accept(datagram(Netlink.NLMSG_DONE, 2, SEQUENCE, -105)))
        .isInstanceOf(LinuxException.class)
        .hasMessage("RTM_GETLINK for the test: ENOBUFS (no buffer space)");
    assertThatThrownBy(() -> parts.accept(datagram(Netlink.NLMSG_ERROR, 0, SEQUENCE, -1)))
        .isInstanceOf(LinuxException.class)
        .hasMessage("RTM_GETLINK for the test: EPERM (operation not permitted)");
  }

  @Test
  void refusesALengthThatCannotBe() {
    MemorySegment tooLong = datagram(16, 2, SEQUENCE, 1);
    Nlmsghdr.length(tooLong, 0, 21);
    MemorySegment tooShort = datagram(16, 2, SEQUENCE, 1);
    Nlmsghdr.length(tooShort, 0, 0);

    assertThatThrownBy(() -> parts.accept(tooLong)).hasMessageContaining("a message of 21 bytes");
    assertThatThrownBy(() -> parts.accept(tooShort)).hasMessageContaining("a message of 0 bytes");
  }
}
