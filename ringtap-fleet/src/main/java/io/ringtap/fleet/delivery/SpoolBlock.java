package io.ringtap.fleet.delivery;

import static io.ringtap.fleet.delivery.SpoolFormat.BLOCK_CRC;
import static io.ringtap.fleet.delivery.SpoolFormat.BLOCK_HEADER;
import static io.ringtap.fleet.delivery.SpoolFormat.BLOCK_MAGIC;
import static io.ringtap.fleet.delivery.SpoolFormat.BODY;
import static io.ringtap.fleet.delivery.SpoolFormat.BODY_CRC;
import static io.ringtap.fleet.delivery.SpoolFormat.FIRST;
import static io.ringtap.fleet.delivery.SpoolFormat.LAST;
import static io.ringtap.fleet.delivery.SpoolFormat.LONGEST_BODY;
import static io.ringtap.fleet.delivery.SpoolFormat.RECORDS;
import static io.ringtap.fleet.delivery.SpoolFormat.RESULTS;

import io.ringtap.monitor.store.series.SeriesFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// Some records that were written to a file of the spool together, by their header.
///
/// @param position where its header is in the file
/// @param body length of what follows the header, in bytes
/// @param records how many there are
/// @param results how many of them are no gaps
/// @param first the lowest number
/// @param last the highest number
/// @param crc of the body
record SpoolBlock(
    long position, int body, int records, int results, long first, long last, int crc) {

  /// Records as a block.
  ///
  /// @param records at least one
  static byte[] pack(List<Outgoing> records) {
    ByteArrayOutputStream block = new ByteArrayOutputStream(64 * 1024);
    block.writeBytes(new byte[BLOCK_HEADER]);
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try (DataOutputStream out =
        new DataOutputStream(new DeflaterOutputStream(block, deflater, 8192))) {
      for (Outgoing record : records) {
        out.writeLong(record.first);
        out.writeLong(record.last);
        out.writeByte(record.isGap ? 1 : 0);
        out.writeUTF(record.topic);
        out.writeInt(record.key.length);
        out.write(record.key);
        out.writeInt(record.value.length);
        out.write(record.value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory takes all
    } finally {
      deflater.end();
    }
    byte[] bytes = block.toByteArray();
    ByteBuffer header = SpoolFormat.buffer(bytes);
    header.putInt(0, BLOCK_MAGIC);
    header.putInt(BODY, bytes.length - BLOCK_HEADER);
    header.putInt(RECORDS, records.size());
    header.putInt(RESULTS, records.stream().mapToInt(Outgoing::results).sum());
    header.putLong(FIRST, records.stream().mapToLong(record -> record.first).min().orElseThrow());
    header.putLong(LAST, records.stream().mapToLong(record -> record.last).max().orElseThrow());
    header.putInt(BODY_CRC, SpoolFormat.crc(bytes, BLOCK_HEADER, bytes.length));
    header.putInt(BLOCK_CRC, SpoolFormat.crc(bytes, 0, BLOCK_CRC));
    return bytes;
  }

  /// The block that a header says.
  ///
  /// @param bytes begin with the header
  /// @param position where they stand in the file
  /// @return null if it is not one, or damaged
  static @Nullable SpoolBlock parse(byte[] bytes, long position) {
    ByteBuffer header = SpoolFormat.buffer(bytes);
    if (bytes.length < BLOCK_HEADER
        || header.getInt(0) != BLOCK_MAGIC
        || header.getInt(BLOCK_CRC) != SpoolFormat.crc(bytes, 0, BLOCK_CRC)) {
      return null;
    }
    SpoolBlock block =
        new SpoolBlock(
            position,
            header.getInt(BODY),
            header.getInt(RECORDS),
            header.getInt(RESULTS),
            header.getLong(FIRST),
            header.getLong(LAST),
            header.getInt(BODY_CRC));
    return block.isPossible() ? block : null;
  }

  private boolean isPossible() {
    return body >= 0
        && body <= LONGEST_BODY
        && records > 0
        && results >= 0
        && first > 0
        && last >= first;
  }

  /// Where the next one begins.
  long end() {
    return position + BLOCK_HEADER + body;
  }

  /// Its records.
  ///
  /// @return null if it is not what was written
  @Nullable List<Outgoing> read(SeriesFile file) throws IOException {
    byte[] packed = new byte[body];
    if (file.read(position + BLOCK_HEADER, packed, 0, body) != body
        || SpoolFormat.crc(packed, 0, body) != crc) {
      return null;
    }
    List<Outgoing> all = new ArrayList<>(records);
    Inflater inflater = new Inflater(true);
    try (DataInputStream in =
        new DataInputStream(
            new InflaterInputStream(new ByteArrayInputStream(packed), inflater, 8192))) {
      for (int i = 0; i < records; i++) {
        long firstNumber = in.readLong();
        long lastNumber = in.readLong();
        boolean isGap = in.readByte() != 0;
        String topic = in.readUTF();
        byte[] key = in.readNBytes(in.readInt());
        byte[] value = in.readNBytes(in.readInt());
        all.add(new Outgoing(topic, key, value, firstNumber, lastNumber, isGap));
      }
    } finally {
      inflater.end();
    }
    return all;
  }
}
