package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureCounters;
import io.ringtap.capture.CaptureFilter;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.Fanout;
import io.ringtap.capture.FanoutMode;
import io.ringtap.capture.FilterPlace;
import io.ringtap.filter.PacketFilter;
import io.ringtap.packet.LinkType;
import io.ringtap.system.FrameSender;
import io.ringtap.system.capture.CaptureLab.Recorder;
import io.ringtap.system.capture.CaptureLab.Seen;
import io.ringtap.testing.PacketBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Filters with sets from files, which the kernel runs as eBPF, beside what they select of a file.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CaptureSetTest extends CaptureLabTest {
  private static final int FRAMES = 600;
  private static final String[] TAGS = {"", "", "8100 0064", "88a8 0064", "8100 0064 8100 00c8"};

  @TempDir private Path directory;

  /// Networks of which a quarter of the frames come.
  private Path set() throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    List<String> lines = new ArrayList<>(List.of("2001:db8:0:1::/64", "10.0.3.0/25"));
    for (int i = 0; i < 1000; i++) {
      lines.add("10.%d.%d.%d".formatted(random.nextInt(2), random.nextInt(4), random.nextInt(256)));
    }
    return Files.write(directory.resolve("set.txt"), lines);
  }

  private static byte[] frame(SplittableRandom random) {
    boolean isIpv6 = random.nextInt(4) == 0;
    PacketBytes bytes =
        PacketBytes.start()
            .hex(FrameSender.NOBODY + "020000000001")
            .hex(TAGS[random.nextInt(TAGS.length)]);
    if (isIpv6) {
      bytes.hex("86dd 60000000 0014 11 40");
      bytes.hex("20010db80000000%d 0000000000000001".formatted(random.nextInt(4)));
      bytes.hex("20010db8000000ff 0000000000000002");
    } else {
      bytes.hex("0800 4500 0028 0000 0000 40 11 0000 0a");
      bytes.hex(
          "%02x %02x %02x".formatted(random.nextInt(3), random.nextInt(4), random.nextInt(256)));
      bytes.hex("0a 00 00 %02x".formatted(random.nextInt(256)));
    }
    return bytes.hex("0009 0009 0014 0000").zeros(12).toBytes();
  }

  private void send() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < FRAMES; i++) {
      sender.send(frame(random));
    }
  }

  private List<Seen> record(Capture capture) throws IOException, InterruptedException {
    Recorder recorder = new Recorder();
    capture.start(_ -> recorder, CaptureLab.DEAF);
    send();
    capture.stop();
    capture.await();
    return recorder.seen();
  }

  @ParameterizedTest
  @CsvSource({
    "RING, near0, src net in %s",
    "RECV, near0, net in %s",
    "RING, near0, vlan 100 and net in %s",
    "RECV, near0, ip6 and not src net in %s or vlan and vlan and net in %s",
    "RING, any, src net in %s",
    "RECV, any, vlan and net in %s"
  })
  void selectsInTheKernelWhatItSelectsOfAFile(CaptureMode mode, String where, String form)
      throws Exception {
    String expression = form.replace("%s", set().toString());
    CaptureOptions all = CaptureLab.options().withMode(mode);
    all = where.equals("any") ? CaptureOptions.on("any").withMode(mode) : all;
    List<Seen> everything = lab.capture(all, this::send);

    List<Seen> live;
    try (Capture capture = lab.open(all.withFilter(CaptureFilter.expression(expression)))) {
      live = record(capture);

      assertThat(capture.filterPlace()).isEqualTo(FilterPlace.KERNEL);
      CaptureCounters counters = capture.counters();
      assertThat(counters.captured()).isEqualTo(live.size());
      assertThat(counters.droppedByKernel() + counters.waiting() + counters.discarded()).isZero();
      if (!where.equals("any")) {
        assertThat(counters.rejectedInUserSpace()).isZero();
      }
    }

    PacketFilter filter =
        PacketFilter.of(expression, where.equals("any") ? LinkType.LINUX_SLL2 : LinkType.ETHERNET);
    List<List<Byte>> inFile =
        everything.stream().map(Seen::frame).filter(one -> filter.matches(bytes(one))).toList();
    assertThat(live.stream().map(Seen::frame)).containsExactlyElementsOf(inFile);
    assertThat(inFile).hasSizeBetween(FRAMES / 20, FRAMES * 19 / 20);
  }

  private static byte[] bytes(List<Byte> frame) {
    byte[] bytes = new byte[frame.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = frame.get(i);
    }
    return bytes;
  }

  /// Where the kernel has no room for the program, the threads run it, with the same result.
  @Test
  void selectsTheSameHere() throws Exception {
    CaptureFilter filter = CaptureFilter.expression("src net in " + set());
    CaptureOptions options = CaptureLab.options().withFilter(filter);
    List<Seen> inKernel = lab.capture(options, this::send);
    lab.captures().sysctl("net.core.optmem_max", "1024");

    try (Capture capture = lab.open(options)) {
      List<Seen> seen = record(capture);

      assertThat(capture.filterPlace()).isEqualTo(FilterPlace.USER_SPACE_FOR_SIZE);
      assertThat(seen.stream().map(Seen::frame))
          .containsExactlyElementsOf(inKernel.stream().map(Seen::frame).toList());
      assertThat(capture.counters().rejectedInUserSpace()).isEqualTo(FRAMES - inKernel.size());
    }
  }

  /// Addresses that `or` joins, more than a classic program has room for.
  @Test
  void looksALongRowUp() throws Exception {
    String row =
        Files.readAllLines(set()).stream()
            .filter(line -> !line.contains("/"))
            .map(line -> "host " + line)
            .collect(Collectors.joining(" or "));
    String longer =
        IntStream.range(0, 5000)
            .mapToObj(i -> " or host 10.77.%d.%d".formatted(i / 200, i % 200))
            .collect(Collectors.joining("", row, ""));
    CaptureOptions options =
        CaptureLab.options().withFilter(CaptureFilter.expression("not (" + longer + ")"));
    List<Seen> everything = lab.capture(CaptureLab.options(), this::send);

    try (Capture capture = lab.open(options)) {
      List<Seen> seen = record(capture);

      assertThat(capture.filterPlace()).isEqualTo(FilterPlace.KERNEL);
      PacketFilter shorter = PacketFilter.of("not (" + row + ")", LinkType.ETHERNET);
      assertThat(seen.stream().map(Seen::frame))
          .containsExactlyElementsOf(
              everything.stream()
                  .map(Seen::frame)
                  .filter(frame -> shorter.matches(bytes(frame)))
                  .toList());
    }
  }

  /// A program that all sockets of a fanout group share.
  @Test
  void isSharedByThreads() throws Exception {
    CaptureOptions options =
        CaptureLab.options()
            .withThreads(2)
            .withFanout(Fanout.by(FanoutMode.LB))
            .withFilter(CaptureFilter.expression("src net in " + set()));
    int inKernel = lab.capture(options.withThreads(1), this::send).size();

    try (Capture capture = lab.open(options)) {
      capture.start(_ -> _ -> {}, CaptureLab.DEAF);
      send();
      capture.stop();
      capture.await();

      assertThat(capture.filterPlace()).isEqualTo(FilterPlace.KERNEL);
      assertThat(capture.counters().captured()).isEqualTo(inKernel);
    }
  }
}
