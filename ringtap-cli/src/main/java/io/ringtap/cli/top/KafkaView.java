package io.ringtap.cli.top;

import io.ringtap.capture.CaptureCounters;
import io.ringtap.cli.fleet.FleetStream;
import io.ringtap.cli.fleet.KafkaAccess;
import io.ringtap.cli.fleet.StreamArguments;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Messages;
import io.ringtap.fleet.broker.TopicForm;
import io.ringtap.top.Interval;
import java.io.IOException;

/// A record on a topic for each interval.
final class KafkaView implements TopView {
  private final FleetStream stream;
  private final Messages messages;
  private final TopView end;

  private KafkaView(FleetStream stream, Messages messages, TopView end) {
    this.stream = stream;
    this.messages = messages;
    this.end = end;
  }

  /// Connects.
  ///
  /// @param end prints what was captured at the end
  /// @throws IOException if no broker answers, or something is not allowed
  static KafkaView open(StreamArguments arguments, Messages messages, TopView end)
      throws BadArgument, IOException, InterruptedException {
    return new KafkaView(KafkaAccess.stream(arguments, TopicForm::ofTop, messages), messages, end);
  }

  @Override
  public synchronized void onInterval(Interval interval) {
    stream.write(
        "top",
        json -> {
          IntervalJson fields = new IntervalJson(json);
          fields.interval(interval);
          json.writeArrayPropertyStart("rows");
          for (Interval.Row row : interval.rows()) {
            json.writeStartObject();
            fields.row(interval, row);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
    String complaint = stream.complaint();
    if (complaint != null) {
      messages.print(complaint);
    }
  }

  @Override
  public synchronized void onEnd(CaptureCounters counters) {
    stream.close();
    end.onEnd(counters);
    messages.line(stream.account("records"));
  }
}
