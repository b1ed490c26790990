package io.ringtap.system.print;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.print.PacketPrinter;
import io.ringtap.print.PrintOptions;
import io.ringtap.print.TimeForm;
import io.ringtap.testing.PacketBytes;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Compares the printer with tcpdump on packets of one protocol: whole, cut at every length, and
/// damaged. A class for a protocol says which packets.
public abstract class PrinterBeside {
  private static final int TRIES = 3000;
  private static final int TAIL = 64; // bytes after a packet that must never be read
  private static final long FIRST_SECOND = 1_700_000_000L;

  /// Flags for protocols whose messages may be signed.
  protected static final List<String> WITH_SECRET =
      List.of("", "-v", "-v -M secret", "-vv", "-e", "-q");

  private static final List<String> DETAILS = List.of("", "-v", "-vv", "-e", "-q");

  /// A packet as it is captured.
  private record Captured(Sample sample, int caplen) {
    @Override
    public String toString() {
      return sample.name() + ", " + caplen + " of " + sample.bytes().length + " bytes";
    }
  }

  @TempDir protected Path directory;

  /// The packets.
  protected abstract List<Sample> samples();

  /// The flags with which packets are compared.
  protected List<String> flags() {
    return DETAILS;
  }

  @BeforeEach
  public void needsTcpdump() {
    Requirement.tool("tcpdump");
  }

  @Test
  public void printsWhatTcpdumpPrints() throws IOException {
    List<Captured> packets =
        samples().stream().map(each -> new Captured(each, each.bytes().length)).toList();

    for (String flags : flags()) {
      compare(packets, flags);
    }
  }

  @Test
  public void printsWhatTcpdumpPrintsOfCutPackets() throws IOException {
    List<Captured> packets = new ArrayList<>();
    for (Sample sample : samples()) {
      for (int caplen = 1; sample.areCutsJudged() && caplen < sample.bytes().length; caplen++) {
        packets.add(new Captured(sample, caplen));
      }
    }

    for (String flags : flags()) {
      compare(packets, flags);
    }
  }

  /// The printer throws nothing, prints no control character and reads no byte that was not
  /// captured.
  @Test
  @Randomized
  public void survivesDamagedPackets() {
    List<Sample> samples = samples();
    List<PacketPrinter> printers = List.of(printer("-e -vv"), printer("-e -vv"), printer(""));

    Property.forAll(
        TRIES,
        random -> {
          Sample sample = samples.get(random.nextInt(samples.size()));
          byte[] bytes = damaged(sample.bytes(), random);
          int caplen = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;

          String one = print(printers.get(0), sample, tailed(bytes, caplen, 0x00), caplen);
          String other = print(printers.get(1), sample, tailed(bytes, caplen, 0xFF), caplen);
          print(printers.get(2), sample, tailed(bytes, caplen, 0xFF), caplen);

          assertThat(one).isEqualTo(other);
          assertThat(one.chars()).allMatch(c -> (c >= ' ' && c <= '~') || c == '\n' || c == '\t');
        });
  }

  /// Numbers where lengths and counts often stand, in random places, mostly after the headers.
  private static byte[] damaged(byte[] packet, SplittableRandom random) {
    byte[] bytes = packet.clone();
    int[] values = {0, 1, 2, 3, 4, 7, 8, 0x7F, 0x80, 0xC0, 0xFE, 0xFF};
    for (int damage = random.nextInt(6); damage > 0; damage--) {
      int at = random.nextInt(4) == 0 ? 0 : Math.min(34, bytes.length - 1);
      int place = at + random.nextInt(bytes.length - at);
      bytes[place] =
          (byte)
              (random.nextBoolean() ? values[random.nextInt(values.length)] : random.nextInt(256));
    }
    return bytes;
  }

  private static MemorySegment tailed(byte[] bytes, int caplen, int filler) {
    MemorySegment memory = MemorySegment.ofArray(new byte[caplen + TAIL]);
    memory.fill((byte) filler);
    MemorySegment.copy(MemorySegment.ofArray(bytes), 0, memory, 0, caplen);
    return memory;
  }

  private static String print(
      PacketPrinter printer, Sample sample, MemorySegment memory, int caplen) {
    StringBuilder to = new StringBuilder();
    int origlen = sample.bytes().length;
    printer.print(to, new MemoryFrame(sample.linkType(), memory, 0, caplen, origlen, 0, 0));
    return to.toString();
  }

  /// What the printer prints of an Ethernet frame without flags.
  protected static String line(byte[] frame) {
    return line("", frame);
  }

  /// What the printer prints of an Ethernet frame.
  protected static String line(String flags, byte[] frame) {
    Sample sample = Sample.ethernet("", frame);
    return print(printer(flags), sample, MemorySegment.ofArray(frame), frame.length);
  }

  private void compare(List<Captured> packets, String flags) throws IOException {
    Map<LinkType, List<Captured>> byLink = new LinkedHashMap<>();
    for (Captured packet : packets) {
      byLink.computeIfAbsent(packet.sample().linkType(), _ -> new ArrayList<>()).add(packet);
    }
    for (List<Captured> group : byLink.values()) {
      List<String> theirs = theirs(group, flags);
      PacketPrinter printer = printer(flags);
      for (int i = 0; i < group.size(); i++) {
        Captured packet = group.get(i);
        MemorySegment memory = MemorySegment.ofArray(packet.sample().bytes());
        String ours = print(printer, packet.sample(), memory, packet.caplen());
        String judged = theirs.get(i);
        if (packet.sample().isContinued() && !flags.contains("-q")) {
          assertThat(ours).as("%s [%s]", packet, flags).startsWith(judged.stripTrailing());
        } else {
          assertThat(ours).as("%s [%s]", packet, flags).isEqualTo(judged);
        }
      }
    }
  }

  private static PacketPrinter printer(String flags) {
    List<String> given = List.of(flags.split(" ", -1));
    int verbosity =
        given.stream().filter(each -> each.matches("-v+")).mapToInt(String::length).sum() - 1;
    return new PacketPrinter(
        PrintOptions.DEFAULTS
            .withTime(TimeForm.NONE)
            .withZone(ZoneOffset.UTC)
            .withLinkHeader(given.contains("-e"))
            .withQuiet(given.contains("-q"))
            .withVerbosity(Math.max(0, verbosity))
            .withTrust(given.contains("-K"))
            .withDottedSystems(given.contains("-b"))
            .withCarried(carried(given))
            .withSecret(argument(given, "-M")),
        _ -> null);
  }

  /// The protocol that `-T` names.
  private static @Nullable String carried(List<String> flags) {
    String word = argument(flags, "-T");
    return word == null ? null : word.equals("domain") ? "DNS" : word.toUpperCase(Locale.ROOT);
  }

  private static @Nullable String argument(List<String> flags, String flag) {
    int place = flags.indexOf(flag);
    return place < 0 ? null : flags.get(place + 1);
  }

  /// What tcpdump prints, cut into packets at the time stamps, without them.
  private List<String> theirs(List<Captured> packets, String flags) throws IOException {
    JudgedFile file = new JudgedFile(packets.getFirst().sample().linkType());
    long second = FIRST_SECOND;
    for (Captured packet : packets) {
      byte[] bytes = packet.sample().bytes();
      file.add(second++ * 1_000_000, PacketBytes.cut(bytes, packet.caplen()), bytes.length);
    }
    String text = file.read(directory, "tcpdump", "-tt " + flags);
    List<String> printed = new ArrayList<>();
    int begin = 0;
    for (int i = 1; i <= packets.size(); i++) {
      String stamp = "\n%d.000000 ".formatted(FIRST_SECOND + i);
      int end = i == packets.size() ? text.length() : text.indexOf(stamp, begin) + 1;
      assertThat(end).as("packet %d in %s", i, text).isPositive();
      printed.add(text.substring(begin + stamp.length() - 1, end));
      begin = end;
    }
    return printed;
  }
}
