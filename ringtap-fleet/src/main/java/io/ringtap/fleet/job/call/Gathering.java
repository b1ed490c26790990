package io.ringtap.fleet.job.call;

import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.job.message.AgentMessage;
import io.ringtap.fleet.job.message.WorkerState;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/// Waits for the agents to answer to a job.
final class Gathering {
  /// At the most.
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /// From the first answer on, where it is not known who should answer.
  private static final Duration OTHERS = Duration.ofSeconds(2);

  private static final Duration LOOK = Duration.ofMillis(100);

  private Gathering() {}

  /// Waits until all that are known to live have answered, or long enough.
  ///
  /// @param isStopping ends it early
  static void gather(JobChannel channel, Crew crew, Roster expected, BooleanSupplier isStopping)
      throws BrokerException {
    long begin = System.nanoTime();
    long end = begin + LONGEST.toNanos();
    while (System.nanoTime() < end && !isStopping.getAsBoolean() && !hasAll(crew, expected)) {
      boolean wasEmpty = crew.willing().isEmpty();
      for (AgentMessage message : channel.poll(LOOK)) {
        if (message instanceof WorkerState state) {
          crew.hear(state, channel.contactNanos());
        }
      }
      if (wasEmpty && !crew.willing().isEmpty() && expected.agents().isEmpty()) {
        end = Math.min(end, System.nanoTime() + OTHERS.toNanos());
      }
    }
  }

  /// Where nobody is known, somebody unknown may come.
  private static boolean hasAll(Crew crew, Roster expected) {
    Set<String> there = new TreeSet<>();
    crew.members().forEach(member -> there.add(member.worker().toString()));
    return !expected.agents().isEmpty() && there.containsAll(expected.agents());
  }
}
