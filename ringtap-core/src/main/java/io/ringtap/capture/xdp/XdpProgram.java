package io.ringtap.capture.xdp;

import static io.ringtap.ebpf.Arithmetic.ADD;
import static io.ringtap.ebpf.Arithmetic.MODULO;
import static io.ringtap.ebpf.Comparison.ABOVE;
import static io.ringtap.ebpf.Comparison.AT_MOST;
import static io.ringtap.ebpf.Comparison.EQUAL;
import static io.ringtap.ebpf.Comparison.NOT_EQUAL;
import static io.ringtap.ebpf.EbpfRegister.R0;
import static io.ringtap.ebpf.EbpfRegister.R1;
import static io.ringtap.ebpf.EbpfRegister.R10;
import static io.ringtap.ebpf.EbpfRegister.R2;
import static io.ringtap.ebpf.EbpfRegister.R3;
import static io.ringtap.ebpf.EbpfRegister.R4;
import static io.ringtap.ebpf.EbpfRegister.R6;
import static io.ringtap.ebpf.EbpfRegister.R7;
import static io.ringtap.ebpf.EbpfRegister.R8;
import static io.ringtap.ebpf.EbpfRegister.R9;
import static io.ringtap.ebpf.Width.DOUBLE;
import static io.ringtap.ebpf.Width.WORD;

import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfHelper;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.XdpAction;
import io.ringtap.filter.XdpFilter;
import io.ringtap.linux.abi.bpf.XdpMd;
import org.jspecify.annotations.Nullable;

/// The programs of a capture by XDP. What the filter does not match passes, whatever else happens.
///
/// They keep the context in R6, the bytes to keep of the frame in R7, its length in R8.
final class XdpProgram {
  /// The map of counts, an array for each CPU, with [#TAKEN] and [#LOST] of each thread.
  static final String COUNTS = "counts";

  /// Frames that were copied.
  static final int TAKEN = 0;

  /// Frames that found no room.
  static final int LOST = 1;

  static final int COUNTS_OF_THREAD = 2;

  /// The map of AF_XDP sockets by queue.
  static final String SOCKETS = "sockets";

  /// Bytes before a stolen frame: its stamp, the mark, how many bytes to keep.
  static final int METADATA_BYTES = 16;

  static final int METADATA_MARK = Long.BYTES;
  static final int METADATA_KEEP = METADATA_MARK + Integer.BYTES;

  /// Bytes before a frame in a record: its stamp, caplen, origlen.
  static final int RECORD_HEADER_BYTES = 16;

  static final int RECORD_CAPLEN = Long.BYTES;
  static final int RECORD_ORIGLEN = RECORD_CAPLEN + Integer.BYTES;

  /// The most that is kept of a frame, which is longer only with Linux's "big TCP".
  static final int LONGEST = (1 << 16) + 256;

  /// How long records can be, for the kernel reserves room of constant sizes only. A frame takes
  /// the next that it fits into: at most half as much again as it needs from 64 to 9216 bytes, and
  /// twice as much above.
  private static final int[] ROOMS = {
    64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096, 6144, 9216, 16_384, 32_768,
    LONGEST
  };

  private static final int KEY = -XdpFilter.STACK_BYTES - Long.BYTES; // on the stack

  private static final String PASS = "pass";
  private static final String COUNT = "count";

  private final EbpfAssembler code = new EbpfAssembler();
  private final @Nullable XdpFilter filter;
  private final int snaplen;

  private XdpProgram(@Nullable XdpFilter filter, int snaplen) {
    this.filter = filter;
    this.snaplen = Math.min(snaplen, LONGEST);
  }

  /// Which element of [#COUNTS] has a count of a thread.
  ///
  /// @param which [#TAKEN] or [#LOST]
  static int count(int thread, int which) {
    return thread * COUNTS_OF_THREAD + which;
  }

  /// The ring buffer of a thread.
  static String ringBuffer(int thread) {
    return "frames" + thread;
  }

  /// Copies what matches into the ring buffer of the thread that has the frame's queue, and lets
  /// everything pass.
  ///
  /// @param filter null matches all
  static EbpfProgram watching(@Nullable XdpFilter filter, int snaplen, int threads) {
    return new XdpProgram(filter, snaplen).watch(threads);
  }

  /// Gives what matches to the AF_XDP socket of its queue.
  ///
  /// @param filter null matches all
  /// @param mark what stands before the frames, by which their stamps are known
  static EbpfProgram stealing(@Nullable XdpFilter filter, int snaplen, int mark) {
    return new XdpProgram(filter, snaplen).steal(mark);
  }

  /// Leaves frames that do not match to the label for passing; R7 is how much to keep of others.
  private void select() {
    code.move(R6, R1);
    if (filter == null) {
      code.move(R7, snaplen);
      return;
    }
    code.load(WORD, R2, R1, XdpMd.DATA).load(WORD, R3, R1, XdpMd.DATA_END);
    filter.append(code, PASS);
    code.move(R7, R0).jumpIf(R7, AT_MOST, snaplen, "cut").move(R7, snaplen).label("cut");
  }

  private EbpfProgram watch(int threads) {
    select();
    code.move(R1, R6).call(EbpfHelper.XDP_GET_BUFF_LEN).move(R8, R0);
    code.jumpIf(R7, AT_MOST, R8, "whole").move(R7, R8).label("whole");
    code.jumpIf(R7, EQUAL, 0, PASS); // never, but the verifier does not know
    code.call(EbpfHelper.KTIME_GET_NS).move(R9, R0);
    if (threads > 1) {
      code.load(WORD, R1, R6, XdpMd.RX_QUEUE_INDEX).apply(MODULO, R1, threads);
      for (int thread = 1; thread < threads; thread++) {
        code.jumpIf(R1, EQUAL, thread, ringBuffer(thread));
      }
    }
    for (int thread = 0; thread < threads; thread++) {
      code.label(ringBuffer(thread));
      copyTo(thread);
    }
    count();
    return code.label(PASS).move(R0, XdpAction.PASS.number()).exit().assemble();
  }

  /// Copies the frame, and goes on to count it.
  private void copyTo(int thread) {
    String lost = code.freshLabel("lost");
    for (int room : ROOMS) {
      String longer = code.freshLabel("longer");
      code.jumpIf(R7, ABOVE, room, longer);
      code.map(R1, ringBuffer(thread)).move(R2, RECORD_HEADER_BYTES + room).move(R3, 0);
      code.call(EbpfHelper.RINGBUF_RESERVE).jumpIf(R0, EQUAL, 0, lost);
      code.store(DOUBLE, R0, 0, R9);
      code.store(WORD, R0, RECORD_CAPLEN, R7).store(WORD, R0, RECORD_ORIGLEN, R8);
      code.move(R9, R0);
      code.move(R1, R6).move(R2, 0).move(R3, R9).apply(ADD, R3, RECORD_HEADER_BYTES).move(R4, R7);
      code.call(EbpfHelper.XDP_LOAD_BYTES);
      code.move(R1, R9).move(R2, 0);
      code.call(EbpfHelper.RINGBUF_SUBMIT);
      code.move(R7, count(thread, TAKEN)).jump(COUNT);
      code.label(longer);
      if (room >= snaplen) {
        break;
      }
    }
    code.label(lost).move(R7, count(thread, LOST)).jump(COUNT);
  }

  /// Adds one to the count that R7 names.
  private void count() {
    code.label(COUNT).store(WORD, R10, KEY, R7);
    code.map(R1, COUNTS).move(R2, R10).apply(ADD, R2, KEY).call(EbpfHelper.MAP_LOOKUP_ELEM);
    code.jumpIf(R0, EQUAL, 0, PASS);
    code.load(DOUBLE, R1, R0, 0).apply(ADD, R1, 1).store(DOUBLE, R0, 0, R1);
  }

  private EbpfProgram steal(int mark) {
    select();
    code.call(EbpfHelper.KTIME_GET_NS).move(R8, R0);
    code.move(R1, R6).move(R2, -METADATA_BYTES).call(EbpfHelper.XDP_ADJUST_META);
    code.jumpIf(R0, NOT_EQUAL, 0, "give"); // a driver without metadata: the reader stamps
    code.load(WORD, R2, R6, XdpMd.DATA_META).load(WORD, R3, R6, XdpMd.DATA);
    code.move(R4, R2).apply(ADD, R4, METADATA_BYTES).jumpIf(R4, ABOVE, R3, "give");
    code.store(DOUBLE, R2, 0, R8);
    code.store(WORD, R2, METADATA_MARK, mark).store(WORD, R2, METADATA_KEEP, R7);
    code.label("give").map(R1, SOCKETS).load(WORD, R2, R6, XdpMd.RX_QUEUE_INDEX);
    code.move(R3, XdpAction.PASS.number()).call(EbpfHelper.REDIRECT_MAP).exit();
    return filter == null
        ? code.assemble()
        : code.label(PASS).move(R0, XdpAction.PASS.number()).exit().assemble();
  }
}
