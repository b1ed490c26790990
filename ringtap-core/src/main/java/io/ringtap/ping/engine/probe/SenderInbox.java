package io.ringtap.ping.engine.probe;

import io.ringtap.linux.WakeUp;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// What other threads ask of the sending thread, which is woken when it sleeps. Any thread posts;
/// the sender takes, and after its end the receiver.
public final class SenderInbox extends Inbox {
  /// Something to do.
  public sealed interface Command {
    /// Begin a series that has been admitted, or draw from a source.
    ///
    /// @param submittedNanos when that was asked for, on the monotonic clock
    record Begin(Work work, long submittedNanos) implements Command {}

    /// Send no more of a series, or of all from a source.
    ///
    /// @param withdraw whether what is in flight ends too
    record Stop(Work work, boolean withdraw) implements Command {}

    /// Send no more, and draw no more.
    record StopAll() implements Command {}
  }

  private final Queue<Command> commands = new ConcurrentLinkedQueue<>();

  public SenderInbox(WakeUp wakeUp) {
    super(wakeUp);
  }

  public void post(Command command) {
    commands.add(command);
    wake();
  }

  public @Nullable Command take() {
    return commands.poll();
  }

  @Override
  boolean isEmpty() {
    return commands.isEmpty();
  }
}
