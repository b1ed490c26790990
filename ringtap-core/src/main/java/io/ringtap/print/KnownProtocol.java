package io.ringtap.print;

import io.ringtap.print.line.Protocols;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A protocol that [PacketPrinter] prints.
///
/// @param name such as `DNS`
/// @param numbers the numbers by which it is found in packets, each with its registry, such as `udp
///   port 53`
public record KnownProtocol(String name, List<String> numbers) {

  static List<KnownProtocol> of(List<Protocols.Entry> entries) {
    Map<String, List<String>> numbers = new LinkedHashMap<>();
    for (Protocols.Entry entry : entries) {
      numbers
          .computeIfAbsent(entry.name(), _ -> new ArrayList<>())
          .add(entry.space().word() + " " + entry.space().text(entry.number()));
    }
    return numbers.entrySet().stream()
        .map(each -> new KnownProtocol(each.getKey(), List.copyOf(each.getValue())))
        .toList();
  }
}
