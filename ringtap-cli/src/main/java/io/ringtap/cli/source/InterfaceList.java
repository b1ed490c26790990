package io.ringtap.cli.source;

import io.ringtap.capture.CaptureOptions;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Printable;
import io.ringtap.device.EthtoolSocket;
import io.ringtap.device.NetworkInterface;
import io.ringtap.device.NetworkInterfaces;
import io.ringtap.linux.NamespaceCall;
import io.ringtap.packet.LinkType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The interfaces of the namespace that is captured in.
public final class InterfaceList {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");

  private final @Nullable String namespace;

  /// @param namespace as a path; null for that of this process
  public InterfaceList(@Nullable String namespace) {
    this.namespace = namespace;
  }

  /// All, by index.
  public List<NetworkInterface> all() throws IOException {
    String path = namespace;
    return path == null
        ? NetworkInterfaces.list()
        : NamespaceCall.in(path, NetworkInterfaces::list);
  }

  /// The name of the first that is up, and no loopback interface.
  ///
  /// @throws IOException if the kernel cannot be asked
  /// @throws BadArgument if there is none
  public String firstUp() throws BadArgument, IOException {
    List<NetworkInterface> all = all();
    for (NetworkInterface each : all) {
      if (each.isUp() && !each.isLoopback()) {
        return each.name();
      }
    }
    String known = all.stream().map(NetworkInterface::name).collect(Collectors.joining(", "));
    throw new BadArgument(
        "no interface is up but loopback: name one with -i; there are: " + known + ", any");
  }

  /// The names of interfaces that were given by name, by alternative name, or by their number in
  /// the [list][#list], as tcpdump has it. Other words, and those that cannot be looked up, stay as
  /// they are: whoever opens it says what is wrong.
  public List<String> names(List<String> given) {
    try {
      List<NetworkInterface> listed = listed();
      return given.stream().map(each -> name(each, listed)).toList();
    } catch (IOException e) {
      return given; // the namespace is not there, for example
    }
  }

  private static String name(String given, List<NetworkInterface> listed) {
    for (NetworkInterface each : listed) {
      if (each.name().equals(given)) {
        return given; // also if it looks like a number, or another is also called so
      }
    }
    for (NetworkInterface each : listed) {
      if (each.isCalled(given)) {
        return each.name();
      }
    }
    if (NUMBER.matcher(given).matches()) {
      int number = Integer.parseInt(given);
      if (number >= 1 && number <= listed.size()) {
        return listed.get(number - 1).name();
      }
      if (number == listed.size() + 1) {
        return CaptureOptions.ANY;
      }
    }
    return given;
  }

  private List<NetworkInterface> listed() throws IOException {
    List<NetworkInterface> interfaces = new ArrayList<>(all());
    interfaces.sort(
        Comparator.comparing(NetworkInterface::isLoopback)
            .thenComparing(Comparator.comparing(NetworkInterface::isUp).reversed()));
    return interfaces;
  }

  /// `-D`, in the order and the words of tcpdump.
  public void list(Output out) throws IOException {
    List<NetworkInterface> interfaces = listed();
    StringBuilder line = new StringBuilder();
    int number = 1;
    for (NetworkInterface each : interfaces) {
      line.setLength(0);
      line.append(number++).append('.').append(Printable.of(each.name())).append(state(each));
      out.line(line);
    }
    line.setLength(0);
    line.append(number).append('.').append(CaptureOptions.ANY).append(" (all interfaces)");
    out.line(line);
  }

  private static String state(NetworkInterface each) {
    List<String> words = new ArrayList<>();
    if (each.isUp()) {
      words.add("Up");
    }
    if (each.link().isRunning()) {
      words.add("Running");
    }
    if (each.isLoopback()) {
      words.add("Loopback");
    }
    return words.isEmpty() ? "" : " [" + String.join(", ", words) + "]";
  }

  /// `-L`, in the words of tcpdump.
  public void listLinkTypes(List<String> names, Output out) throws BadArgument, IOException {
    List<NetworkInterface> all = all();
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      LinkType type = linkType(name, all);
      text.append("Data link types for ")
          .append(name)
          .append(" (use option -y to set):\n  ")
          .append(type)
          .append('\n');
    }
    out.text(text);
  }

  /// `-J`, in the words of tcpdump.
  public void listStampTypes(List<String> names, Output out) throws BadArgument, IOException {
    List<NetworkInterface> all = all();
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      LinkType _ = linkType(name, all); // whether there is such an interface
      text.append("Time stamp types for ")
          .append(name)
          .append(" (use option -j to set):\n  host (Host)\n");
      if (isStamping(name)) {
        text.append("  adapter_unsynced (Adapter, not synced with system time)\n");
      }
    }
    out.text(text);
  }

  private boolean isStamping(String name) throws IOException {
    String path = namespace;
    return path == null ? isStampingHere(name) : NamespaceCall.in(path, () -> isStampingHere(name));
  }

  private static boolean isStampingHere(String name) throws IOException {
    try (EthtoolSocket ethtool = EthtoolSocket.open()) {
      return ethtool
          .timeStamping(name)
          .map(EthtoolSocket.TimeStamping::isHardwareReceive)
          .orElse(false);
    }
  }

  /// `-y`: checks that packets of all these interfaces have the link type.
  ///
  /// @throws BadArgument if one has another
  public void requireLinkType(LinkType wanted, List<String> names) throws BadArgument, IOException {
    List<NetworkInterface> all = all();
    for (String name : names) {
      LinkType type = linkType(name, all);
      if (!type.equals(wanted)) {
        throw new BadArgument(
            "-y %s: the packets of %s have %s".formatted(wanted.word(), name, type));
      }
    }
  }

  private static LinkType linkType(String name, List<NetworkInterface> all) throws BadArgument {
    if (name.equals(CaptureOptions.ANY)) {
      return LinkType.LINUX_SLL2;
    }
    for (NetworkInterface each : all) {
      if (each.name().equals(name)) {
        return each.linkType();
      }
    }
    throw new BadArgument(missing(name, all.stream().map(NetworkInterface::name).toList()));
  }

  /// That there is no such interface, and which there are.
  public static String missing(String name, List<String> present) {
    return "there is no interface '"
        + name
        + "'; there "
        + (present.size() == 1 ? "is " : "are ")
        + (present.isEmpty() ? "none" : String.join(", ", present));
  }
}
