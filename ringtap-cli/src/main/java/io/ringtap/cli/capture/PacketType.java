package io.ringtap.cli.capture;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.print.KnownProtocol;
import io.ringtap.print.PacketPrinter;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The types of `-T`: tcpdump's words for what UDP and TCP may carry.
final class PacketType {
  private static final String DNS = "domain";

  /// Those of tcpdump 4.99.3.
  static final List<String> WORDS =
      List.of(
          "aodv",
          "carp",
          "cnfp",
          DNS,
          "lmp",
          "pgm",
          "pgm_zmtp1",
          "ptp",
          "radius",
          "resp",
          "rpc",
          "rtcp",
          "rtp",
          "snmp",
          "someip",
          "tftp",
          "vat",
          "vxlan",
          "wb",
          "zmtp1");

  /// Those that are printed.
  static final class Printed implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return WORDS.stream().filter(word -> find(word).isPresent()).iterator();
    }
  }

  private PacketType() {}

  /// The name of the protocol that a word stands for, as the printer has it.
  ///
  /// @throws BadArgument if tcpdump has no such word, or the printer no such protocol
  static String protocol(String word) throws BadArgument {
    if (!WORDS.contains(word)) {
      throw new BadArgument("-T '" + word + "' is not " + String.join(", ", WORDS));
    }
    return find(word)
        .orElseThrow(() ->
            new BadArgument(
                "no -T %s here: that protocol is not printed (see --protocols); 'tcpdump -T %s' prints it"
                    .formatted(word, word)));
  }

  private static Optional<String> find(String word) {
    String wanted = word.equals(DNS) ? "DNS" : word;
    return PacketPrinter.protocols().stream()
        .map(KnownProtocol::name)
        .filter(name -> name.equalsIgnoreCase(wanted))
        .findFirst();
  }
}
