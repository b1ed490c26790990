package io.ringtap.cli.capture;

import io.ringtap.capture.Capture;
import io.ringtap.cli.fleet.FleetStream;
import io.ringtap.cli.fleet.KafkaAccess;
import io.ringtap.cli.fleet.StreamArguments;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Messages;
import io.ringtap.fleet.broker.TopicForm;
import io.ringtap.packet.PacketHandler;
import io.ringtap.record.PacketRecorder;
import io.ringtap.savefile.SavefileEncoder;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A capture's way to a topic: each record is a section of pcapng. The threads of the capture never
/// wait for a broker.
final class KafkaRecording implements Recording {
  private static final int BATCH_BYTES = 256 << 10;

  private final FleetStream stream;
  private final SavefileEncoder encoder;
  private final byte[] header;
  private final int snaplen;
  private final Messages messages;
  private final List<PacketBatch> batches = new ArrayList<>(); // guarded by itself

  private KafkaRecording(FleetStream stream, Capture capture, Messages messages) {
    this.stream = stream;
    this.messages = messages;
    SavefileOptions options = PacketRecorder.savefileOptions(capture, SavefileFormat.PCAPNG);
    encoder = SavefileEncoder.of(SavefileFormat.PCAPNG, options.interfaces());
    header = encoder.header(options.section());
    snaplen = capture.options().snaplen();
  }

  /// Connects.
  ///
  /// @return opens the recording once there is a capture
  /// @throws IOException if no broker answers, or something is not allowed
  static Recording.Opening connect(StreamArguments arguments, Messages messages)
      throws BadArgument, IOException, InterruptedException {
    FleetStream stream = KafkaAccess.stream(arguments, TopicForm::ofPackets, messages);
    return input -> new KafkaRecording(stream, (Capture) input.source(), messages);
  }

  @Override
  public PacketHandler handler(int thread) {
    PacketBatch batch = new PacketBatch(encoder, header, BATCH_BYTES, snaplen, this::write);
    synchronized (batches) {
      batches.add(batch);
    }
    return batch;
  }

  private void write(byte[] section, int packets) {
    stream.write(section, packets);
    String complaint = stream.complaint();
    if (complaint != null) {
      messages.print(complaint);
    }
  }

  /// Nothing: what has arrived is written within a second in any case.
  @Override
  public void requestFlush() {}

  @Override
  public long written() {
    return stream.delivered();
  }

  @Override
  public int end() {
    synchronized (batches) {
      batches.forEach(PacketBatch::flush); // their threads have ended
    }
    stream.close();
    messages.line(stream.account("packets"));
    return ExitCode.OK;
  }

  @Override
  public void close() {
    stream.close();
  }
}
