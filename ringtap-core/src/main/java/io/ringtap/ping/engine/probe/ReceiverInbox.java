package io.ringtap.ping.engine.probe;

import io.ringtap.linux.WakeUp;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What the sending thread reports to the receiving one: which probes have gone out, which series
/// have sent their last, and which are withdrawn. It wakes the receiver only when that would sleep
/// too long.
public final class ReceiverInbox extends Inbox {
  /// To whom the receiver passes the news on.
  interface Reader {
    /// A probe was sent or refused.
    void adopt(int probe);

    /// The last probe of this series has been adopted.
    void seal(int series);

    /// What has been adopted of this series is to end.
    void withdraw(ProbeSeries series);
  }

  /// A probe's index, or the complement of the index of a series that has sent its last.
  private final IntRing news;

  /// Objects, because the index of a series may pass on to another.
  private final Queue<ProbeSeries> withdrawn = new ConcurrentLinkedQueue<>();

  /// @param probes the most that can be on their way over
  /// @param series likewise
  public ReceiverInbox(int probes, int series, WakeUp wakeUp) {
    super(wakeUp);
    news = new IntRing(probes + series);
  }

  /// Sender: a probe was sent or refused.
  public void probe(int probe) {
    news.add(probe);
  }

  /// Sender: a series has handed over its last probe.
  public void seal(int series) {
    news.add(~series);
  }

  /// Sender: news that the receiver has not taken yet.
  public int backlog() {
    return news.size();
  }

  /// Sender: all probes of a series that have been handed over are to end. It has been sealed.
  public void withdraw(ProbeSeries series) {
    withdrawn.add(series);
    wake();
  }

  /// Receiver: passes on all news that there is at the beginning.
  public void take(Reader reader) {
    takeNews(reader);
    for (ProbeSeries series = withdrawn.poll(); series != null; series = withdrawn.poll()) {
      takeNews(reader); // what was handed over before it was withdrawn
      reader.withdraw(series);
    }
  }

  /// Takes what is there, and nothing that comes meanwhile: what is taken lets the sender go on, so
  /// a reader that is slower than the sender would never get back to its sockets, which overflow.
  private void takeNews(Reader reader) {
    for (int left = news.size(); left > 0; left--) {
      int item = news.take();
      if (item >= 0) {
        reader.adopt(item);
      } else {
        reader.seal(~item);
      }
    }
  }

  @Override
  boolean isEmpty() {
    return news.isEmpty() && withdrawn.isEmpty();
  }
}
