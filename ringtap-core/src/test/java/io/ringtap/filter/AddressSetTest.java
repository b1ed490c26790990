package io.ringtap.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.XdpAction;
import io.ringtap.filter.name.NameResolver;
import io.ringtap.packet.Frame;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.LinkType;
import io.ringtap.testing.Allocation;
import io.ringtap.testing.PacketBytes;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sets of addresses in files, beside the same addresses joined by `or`.
class AddressSetTest {
  /// Files, and no names.
  private record Files(Map<String, List<String>> files) implements NameResolver {
    @Override
    public List<InetAddress> host(String name) {
      return List.of();
    }

    @Override
    public @Nullable InetAddress network(String name) {
      return null;
    }

    @Override
    public OptionalInt port(String name, String transport) {
      return OptionalInt.empty();
    }

    @Override
    public OptionalInt protocol(String name) {
      return OptionalInt.empty();
    }

    @Override
    public OptionalLong ethernet(String name) {
      return OptionalLong.empty();
    }

    @Override
    public List<String> setLines(String file) throws IOException {
      List<String> lines = files.get(file);
      if (lines == null) {
        throw new NoSuchFileException(file);
      }
      return lines;
    }
  }

  private static PacketFilter filter(String expression, List<String> lines) {
    FilterOptions options =
        FilterOptions.of(LinkType.ETHERNET)
            .withView(PacketView.FRAME)
            .withNames(new Files(Map.of("set.txt", lines)));
    return PacketFilter.of(expression, options);
  }

  /// An address of few different bits, so that sets and packets meet.
  private static IpAddress address(SplittableRandom random, boolean isIpv6) {
    long low = random.nextLong() & 0x8000_0003_0000_0003L;
    return isIpv6
        ? IpAddress.ofIpv6(random.nextLong() & 0xC000_0001_8000_0001L, low)
        : IpAddress.ofIpv4((int) (low >>> 32) | (int) low);
  }

  private static String prefix(SplittableRandom random) {
    boolean isIpv6 = random.nextBoolean();
    IpAddress address = address(random, isIpv6);
    int most = isIpv6 ? 128 : 32;
    int length = random.nextInt(4) == 0 ? random.nextInt(most + 1) : most;
    long high = mask(address.high(), length);
    long low = isIpv6 ? mask(address.low(), length - 64) : mask(address.low() << 32, length) >>> 32;
    return new IpAddress(isIpv6, high, low) + "/" + length;
  }

  private static long mask(long bits, int length) {
    return length <= 0 ? 0 : length >= 64 ? bits : bits & -1L << (64 - length);
  }

  private static byte[] packet(SplittableRandom random) {
    boolean isIpv6 = random.nextBoolean();
    byte[] from = address(random, isIpv6).toInetAddress().getAddress();
    byte[] to = address(random, isIpv6).toInetAddress().getAddress();
    PacketBytes bytes = PacketBytes.start().zeros(12).u16(isIpv6 ? 0x86dd : 0x0800);
    bytes.hex(isIpv6 ? "6000000000001140" : "450000140000000040110000");
    return bytes.bytes(from).bytes(to).zeros(20).toBytes();
  }

  @Test
  @Randomized
  void agreesWithTheSameNetworksJoinedByOr() {
    long[] matches = new long[1];

    Property.forAll(
        200,
        random -> {
          List<String> lines =
              IntStream.range(0, 1 + random.nextInt(12)).mapToObj(_ -> prefix(random)).toList();
          String side = List.of("", "src ", "dst ").get(random.nextInt(3));
          PacketFilter set = filter(side + "net in set.txt", lines);
          PacketFilter joined =
              filter(
                  lines.stream()
                      .map(line -> side + "net " + line)
                      .collect(Collectors.joining(" or ")),
                  lines);
          for (int i = 0; i < 50; i++) {
            byte[] packet = packet(random);
            assertThat(set.matches(packet)).as("%s", lines).isEqualTo(joined.matches(packet));
            matches[0] += set.matches(packet) ? 1 : 0;
          }
        });

    assertThat(matches[0]).isPositive();
  }

  @Test
  void takesAHundredThousandNetworksWithoutAllocationForAPacket() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      lines.add("%d.%d.%d.0/24 # %d".formatted(20 + (i >> 14), i >> 6 & 0xff, 4 * (i & 63), i));
    }
    PacketFilter filter = filter("src net in set.txt", lines);
    byte[] inside = PacketBytes.ethernet(0x0800, PacketBytes.ipv4(17, new byte[8]));
    inside[26] = 21;
    inside[27] = 7;
    inside[28] = 8;
    byte[] outside = inside.clone();
    outside[28] = 9;
    Frame frame = Frame.of(LinkType.ETHERNET, inside);

    assertThat(filter.matches(inside)).isTrue();
    assertThat(filter.matches(outside)).isFalse();
    assertThat(filter.executed()).isLessThan(12);
    Allocation.assertNone(() -> {
      for (int i = 0; i < 1000; i++) {
        boolean _ = filter.matches(frame);
      }
    });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          host in set.txt     | 10.0.0.300  | at 6: set.txt, line 2: "10.0.0.300" is no address, such as 10.0.0.1 or 2001:db8::1
          host in set.txt     | 10.0.0.0/8  | at 6: set.txt, line 2: "10.0.0.0/8" is a network: a file of networks goes with "net in"
          src net in set.txt  | 10.0.0.1/8  | at 9: set.txt, line 2: "10.0.0.1/8" has bits after its prefix of 8
          net in set.txt      | 10.0.0.0/33 | at 5: set.txt, line 2: the prefix length of "10.0.0.0/33" is not a number from 0 to 32
          net in set.txt      | ten         | at 5: set.txt, line 2: "ten" is no address or network, such as 10.0.0.1, 10.0.0.0/8 or 2001:db8::/32
          ip and host in none | 10.0.0.1    | at 13: none: no such file
          port in set.txt     | 80          | at 6: a file has IP addresses, as in "host in hosts.txt"; others stand in braces, as in "port in {80, 443}"
          host in "set.txt    | 10.0.0.1    | at 9: this quote is never closed
          """)
  void saysWhichLineIsWrong(String expression, String line, String message) {
    assertThatThrownBy(
            () -> {
              FilterException problem =
                  filter(expression, List.of("# ours", line)).problem(LinkType.ETHERNET);
              if (problem != null) {
                throw problem;
              }
            })
        .isInstanceOf(FilterException.class)
        .hasMessage(message);
  }

  /// The kernel's part is in `SetFilterTest` of the system tests.
  @Test
  void goesIntoTheKernelAsDataOfTheProgram() {
    FilterOptions options =
        FilterOptions.of(LinkType.ETHERNET)
            .withNames(new Files(Map.of("my set", List.of("10.0.0.1"))));
    String expression = "(host in \"my set\") and ip";

    assertThat(FilterCompiler.compile(expression, options).looksUp()).isTrue();
    EbpfProgram xdp =
        XdpFilter.compile(expression, options).program(XdpAction.PASS, XdpAction.DROP);
    EbpfProgram socket = EbpfSocketFilter.compile(expression, options);
    for (EbpfProgram each : List.of(xdp, socket)) {
      assertThat(each.mapNames()).isEmpty();
      assertThat(each.data()).hasSize(1);
      String name = each.data().keySet().iterator().next();
      assertThat(each.toListing()).contains(" = map[" + name + "][0]+0\n");
    }
  }

  @Test
  void saysThatAFileIsNotAText(@TempDir Path directory) throws IOException {
    Path file =
        java.nio.file.Files.write(
            directory.resolve("set.txt"), new byte[] {'1', (byte) 0xFF, '\n'});

    assertThatThrownBy(() -> PacketFilter.of("host in " + file, LinkType.ETHERNET))
        .hasMessage("at 6: " + file + ": not a text");
  }
}
