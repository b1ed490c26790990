package io.ringtap.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ringtap.cli.run.BadArgument;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SpaceArgumentsTest {
  @TempDir Path directory;

  private static SpaceArguments.Space space(String... words) throws BadArgument {
    return CommandLine.populateCommand(new SpaceArguments(), words).space(0);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/24, 256, 0, 0",
    "10.0.0.0/24 10.0.0.128/25 10.0.1.0, 257, 0, 0",
    "10.0.0.0/24 --exclude 10.0.0.0-10.0.0.9, 246, 10, 0",
    "'10.0.0.0/24 --exclude 10.0.0.1,10.0.0.2 --exclude 10.0.0.3', 253, 3, 0",
    "8.8.8.0/24, 256, 0, 256",
    "8.8.8.0/24 127.0.0.1 fe80::1%lo fd00::1 2001:db8::1, 260, 0, 256",
    "9.255.255.255-10.0.0.255, 1, 256, 1",
    "9.255.255.255-10.0.0.255 10.0.0.7, 2, 255, 1",
    "9.255.255.255-10.0.0.255 --include-reserved, 257, 0, 1",
    "0.0.0.0/0, 3702258432, 592708864, 3702258432",
    "240.0.0.1 --include-reserved, 1, 0, 1",
    "223.255.255.0-224.0.0.255 --include-reserved, 256, 256, 256",
    "fe80::1%lo fe80::2%lo --exclude fe80::2, 1, 1, 0",
    "'fd00::1 --exclude fe80::/10,ff00::/8', 1, 0, 0",
    "fd00::/48 --pattern low-byte, 16711680, 0, 0",
    "fd00::/64 fd00::1 fd00::fff --pattern low-byte --pattern eui64:00:16:3E, 16777472, 0, 0",
    "2001:db8::/63 --pattern eui64:00163e --exclude 2001:db8::/64, 16777216, 16777216, 0"
  })
  void countsWhatIsSweptAndWhatIsNot(String words, long size, long excluded, long publicSize)
      throws Exception {
    SpaceArguments.Space space = space(words.split(" ", -1));

    assertThat(space.addresses().size()).isEqualTo(size);
    assertThat(space.excluded()).isEqualTo(excluded);
    assertThat(space.publicSize()).isEqualTo(publicSize);
  }

  @Test
  void readsListsAndExclusionsFromFiles() throws Exception {
    Path list =
        Files.writeString(directory.resolve("list"), "10.0.0.0/30 # four\n\n10.1.0.1 ::1\n");
    Path blocked = Files.writeString(directory.resolve("blocked"), "10.0.0.1\n#10.0.0.2\n::/0\n");

    SpaceArguments.Space space = space("10.0.0.3", "-w", list.toString(), "-b", blocked.toString());

    assertThat(space.addresses().size()).isEqualTo(4);
    assertThat(space.excluded()).isEqualTo(2);
  }

  @Test
  void refusesAFileWithABadLineAndSaysWhere() throws Exception {
    Path blocked = Files.writeString(directory.resolve("blocked"), "10.0.0.1\n10.0.0.0/33\n");

    assertThatExceptionOfType(BadArgument.class)
        .isThrownBy(() -> space("10.0.0.0/24", "-b", blocked.toString()))
        .withMessage(blocked + ":2: '10.0.0.0/33': the prefix length must be 0 to 32");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --exclude 10.0.0.1               | which addresses? Name some, such as 10.0.0.0/16, or a file with -w
          example.com                      | 'example.com': a sweep takes addresses, not names
          10.0.0.9-10.0.0.1                | '10.0.0.9-10.0.0.1': the range ends before it begins
          224.0.0.0/24                     | 224.0.0.0-224.0.0.255 is multicast (RFC 5771): it has many hosts at once
          255.255.255.255                  | 255.255.255.255 is limited broadcast (RFC 919): it has many hosts at once
          240.0.0.1                        | 240.0.0.1 is reserved (RFC 1112): --include-reserved sends there
          fd00::/64                        | fd00::-fd00::ffff:ffff:ffff:ffff has 2^64 addresses or more: choose some with --pattern low-byte or --pattern eui64:00:16:3e
          10.0.0.0/8 --pattern low-byte    | --pattern is for IPv6 prefixes of 64 bits at the most, such as fd00::/48
          fd00::/8 fd00::/65 fd00::/66 --pattern eui64:00:16:3e | these are more than 2^62 addresses
          -w /nonexistent                  | /nonexistent: no such file
          """)
  void refusesInOneLine(String words, String message) {
    assertThatExceptionOfType(BadArgument.class)
        .isThrownBy(() -> space(words.split(" ", -1)))
        .withMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"low", "eui64:", "eui64:00:16", "eui64:00:16-3e", "eui64:00163g"})
  void refusesOtherPatterns(String pattern) {
    assertThatExceptionOfType(CommandLine.ParameterException.class)
        .isThrownBy(() -> space("fd00::/64", "--pattern", pattern));
  }
}
