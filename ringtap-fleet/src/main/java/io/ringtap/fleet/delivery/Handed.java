package io.ringtap.fleet.delivery;

import io.ringtap.fleet.record.EventRecord;
import io.ringtap.fleet.record.ResultRecord;
import java.util.function.Consumer;

/// What has been handed over and is not encoded yet.
sealed interface Handed permits Handed.Result, Handed.Occurrence, Handed.Gap, ProbeBatch {
  /// The first number that it stands for.
  long first();

  /// The last number that it stands for.
  long last();

  /// How many results it is.
  int results();

  /// Makes records of it, by rising numbers.
  void encode(Run run, Consumer<Outgoing> records);

  /// One for the topic of results.
  record Result(ResultRecord value) implements Handed {
    @Override
    public long first() {
      return value.origin().sequence();
    }

    @Override
    public long last() {
      return first();
    }

    @Override
    public int results() {
      return 1;
    }

    @Override
    public void encode(Run run, Consumer<Outgoing> records) {
      String topic = run.topics().results();
      records.accept(new Outgoing(topic, value.key(), value.encode(), first()));
    }
  }

  /// One for the topic of events.
  record Occurrence(EventRecord value) implements Handed {
    @Override
    public long first() {
      return value.origin().sequence();
    }

    @Override
    public long last() {
      return first();
    }

    @Override
    public int results() {
      return 1;
    }

    @Override
    public void encode(Run run, Consumer<Outgoing> records) {
      String topic = run.topics().events();
      records.accept(new Outgoing(topic, value.key(), value.encode(), first()));
    }
  }

  /// Stands for those for which there was no room.
  record Gap(long first, long last) implements Handed {
    @Override
    public int results() {
      return 0;
    }

    @Override
    public void encode(Run run, Consumer<Outgoing> records) {
      records.accept(run.gap(first, last));
    }
  }
}
