package io.ringtap.fleet.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.fleet.stream.RecordStream.Counts;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class RecordStreamTest {
  private static final byte[] ANY = {1};

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(
          false, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
  private final RecordStream stream = new RecordStream("some.top", producer);

  @Test
  void accountsForEachRecordByItsWeight() {
    stream.write(ANY, ANY, 1);
    stream.write(ANY, ANY, 10);
    stream.write(ANY, ANY, 100);
    stream.write(ANY, ANY, 1000);

    assertThat(stream.counts()).isEqualTo(new Counts(1111, 0, 0, 0));
    assertThat(stream.counts().waiting()).isEqualTo(1111);

    assertThat(producer.completeNext()).isTrue();
    assertThat(producer.errorNext(new BufferExhaustedException("full"))).isTrue();
    assertThat(producer.errorNext(new TimeoutException("away"))).isTrue();

    assertThat(stream.counts()).isEqualTo(new Counts(1111, 1, 10, 100));
    assertThat(stream.counts().waiting()).isEqualTo(1000);
    assertThat(stream.counts().isComplete()).isFalse();
    assertThat(stream.failure()).isEqualTo("away");
  }

  @Test
  void isCompleteWhenAllIsDelivered() {
    stream.write(ANY, ANY, 3);
    assertThat(producer.completeNext()).isTrue();

    assertThat(stream.counts().isComplete()).isTrue();
    assertThat(stream.failure()).isNull();
    assertThat(producer.history()).singleElement().returns("some.top", record -> record.topic());
  }
}
