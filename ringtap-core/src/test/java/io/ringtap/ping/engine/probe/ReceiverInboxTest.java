package io.ringtap.ping.engine.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.linux.WakeUp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiverInboxTest {
  private static final int ROOM = 64;

  /// What the receiver takes lets the sender go on. If it went on taking what is sent then, it
  /// would read nothing from its sockets until the sender has no more to send.
  @Test
  void leavesForTheNextPassWhatComesDuringThisOne() {
    ReceiverInbox inbox = new ReceiverInbox(ROOM, ROOM, new Awake());
    Prompt reader = new Prompt(inbox);
    inbox.probe(0);
    inbox.probe(1);

    inbox.take(reader);

    assertThat(reader.adopted).containsExactly(0, 1);
    assertThat(inbox.backlog()).isEqualTo(2);

    inbox.take(reader);

    assertThat(reader.adopted).containsExactly(0, 1, 2, 3);
    assertThat(inbox.isEmpty()).isFalse();
  }

  /// A reader for each of whose probes the sender has sent the next already.
  private static final class Prompt implements ReceiverInbox.Reader {
    private final ReceiverInbox inbox;
    private final List<Integer> adopted = new ArrayList<>();
    private int next = 2;

    Prompt(ReceiverInbox inbox) {
      this.inbox = inbox;
    }

    @Override
    public void adopt(int probe) {
      adopted.add(probe);
      if (next < ROOM) {
        inbox.probe(next++);
      }
    }

    @Override
    public void seal(int series) {}

    @Override
    public void withdraw(ProbeSeries series) {}
  }

  /// Of a receiver that does not sleep.
  private static final class Awake implements WakeUp {
    @Override
    public int number() {
      return -1;
    }

    @Override
    public void signal() {}

    @Override
    public void drain() {}
  }
}
