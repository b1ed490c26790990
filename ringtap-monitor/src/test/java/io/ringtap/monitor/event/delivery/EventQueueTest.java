package io.ringtap.monitor.event.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.event.delivery.EventQueue.Collapse;
import io.ringtap.monitor.event.delivery.EventQueue.Counts;
import io.ringtap.monitor.event.delivery.EventQueue.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  private static final Event DOWN = Events.down(1, 1000);
  private static final Event UP = Events.up(DOWN, 1010);
  private static final Event OTHER = Events.down(2, 1000);

  private static List<Event> take(EventQueue queue) throws InterruptedException {
    return queue.take(10).stream().map(Entry::event).toList();
  }

  @Test
  void keepsAllEventsInOrderWhileThereIsRoom() throws InterruptedException {
    EventQueue queue = new EventQueue(3, Collapse.WHEN_FULL);
    List.of(DOWN, OTHER, UP).forEach(event -> queue.add(event, 0));

    assertThat(take(queue)).containsExactly(DOWN, OTHER, UP);
    assertThat(queue.counts()).isEqualTo(new Counts(3, 0, 0));
  }

  @Test
  void letsAnEndTakeThePlaceOfItsBeginWhenThereIsNoRoom() throws InterruptedException {
    EventQueue queue = new EventQueue(2, Collapse.WHEN_FULL);
    List.of(DOWN, OTHER, UP).forEach(event -> queue.add(event, 0));

    assertThat(take(queue)).containsExactly(OTHER, UP);
    assertThat(queue.counts()).isEqualTo(new Counts(3, 0, 1));
  }

  @Test
  void dropsTheOldestWhenThereIsNoRoom() throws InterruptedException {
    EventQueue queue = new EventQueue(2, Collapse.WHEN_FULL);
    List.of(DOWN, OTHER, Events.down(3, 1000)).forEach(event -> queue.add(event, 0));

    assertThat(take(queue)).containsExactly(OTHER, Events.down(3, 1000));
    assertThat(queue.counts()).isEqualTo(new Counts(3, 1, 0));
  }

  @Test
  void keepsOnlyTheNewestOfAStateForThoseWhoAskHowThingsAre() throws InterruptedException {
    EventQueue queue = new EventQueue(10, Collapse.ALWAYS);
    List.of(DOWN, OTHER, UP).forEach(event -> queue.add(event, 0));

    assertThat(take(queue)).containsExactly(UP, OTHER);
    assertThat(queue.counts()).isEqualTo(new Counts(3, 0, 1));
  }
}
