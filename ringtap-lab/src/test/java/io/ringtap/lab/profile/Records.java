package io.ringtap.lab.profile;

import io.ringtap.linux.abi.perf.PerfEvent;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Records as the kernel writes them, put together byte by byte after the comments of
/// `linux/perf_event.h`.
final class Records {
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.nativeOrder());

  Records sample(int pid, int tid, long... chain) {
    header(PerfEvent.PERF_RECORD_SAMPLE, 16 + 8 * chain.length);
    bytes.putInt(pid).putInt(tid).putLong(chain.length);
    for (long address : chain) {
      bytes.putLong(address);
    }
    return this;
  }

  Records lost(long count) {
    header(PerfEvent.PERF_RECORD_LOST, 16);
    bytes.putLong(7).putLong(count);
    return this;
  }

  Records comm(int pid, int tid, String name) {
    header(PerfEvent.PERF_RECORD_COMM, 8 + padded(name));
    bytes.putInt(pid).putInt(tid);
    return text(name);
  }

  Records mmap2(int pid, long address, long length, long offset, String name) {
    header(PerfEvent.PERF_RECORD_MMAP2, 64 + padded(name));
    bytes.putInt(pid).putInt(pid).putLong(address).putLong(length).putLong(offset);
    bytes.putInt(8).putInt(1).putLong(4711).putLong(1).putInt(5).putInt(2);
    return text(name);
  }

  Records ksymbol(long address, int length, boolean isGone, String name) {
    header(PerfEvent.PERF_RECORD_KSYMBOL, 16 + padded(name));
    bytes.putLong(address).putInt(length).putShort((short) 1).putShort((short) (isGone ? 1 : 0));
    return text(name);
  }

  private void header(int type, int body) {
    bytes.putInt(type).putShort((short) 0).putShort((short) (8 + body));
  }

  private static int padded(String text) {
    return text.length() / 8 * 8 + 8;
  }

  private Records text(String text) {
    int end = bytes.position() + padded(text);
    bytes.put(text.getBytes(StandardCharsets.US_ASCII)).position(end);
    return this;
  }

  /// A buffer that got them in pieces.
  ///
  /// @param piece bytes of each
  RecordBuffer inPiecesOf(int piece) {
    MemorySegment all = MemorySegment.ofArray(bytes.array()).asSlice(0, bytes.position());
    RecordBuffer buffer = new RecordBuffer();
    for (long at = 0; at < all.byteSize(); at += piece) {
      buffer.append(all, at, Math.min(piece, all.byteSize() - at));
    }
    return buffer;
  }
}
