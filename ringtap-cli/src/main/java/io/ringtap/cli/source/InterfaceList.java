package io.ringtap.cli.source;

import io.ringtap.capture.CaptureOptions;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.terminal.Output;
import io.ringtap.device.Link;
import io.ringtap.device.Links;
import io.ringtap.linux.NamespaceCall;
import io.ringtap.packet.LinkType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The interfaces of the namespace that is captured in.
public final class InterfaceList {
  private final @Nullable String namespace;

  /// @param namespace as a path; null for that of this process
  public InterfaceList(@Nullable String namespace) {
    this.namespace = namespace;
  }

  /// All, by index.
  public List<Link> all() throws IOException {
    String path = namespace;
    return path == null ? Links.all() : NamespaceCall.in(path, Links::all);
  }

  /// The name of the first that is up, and no loopback interface.
  ///
  /// @throws IOException if the kernel cannot be asked
  /// @throws BadArgument if there is none
  public String firstUp() throws BadArgument, IOException {
    List<Link> all = all();
    for (Link link : all) {
      if (link.isUp() && !link.isLoopback()) {
        return link.name();
      }
    }
    String known = all.stream().map(Link::name).collect(Collectors.joining(", "));
    throw new BadArgument(
        "no interface is up but loopback: name one with -i; there are: " + known + ", any");
  }

  /// `-D`, in the order and the words of tcpdump.
  public void list(Output out) throws IOException {
    List<Link> links = new ArrayList<>(all());
    links.sort(
        Comparator.comparing(Link::isLoopback)
            .thenComparing(Comparator.comparing(Link::isUp).reversed()));
    StringBuilder line = new StringBuilder();
    int number = 1;
    for (Link link : links) {
      line.setLength(0);
      line.append(number++).append('.').append(link.name()).append(state(link));
      out.line(line);
    }
    line.setLength(0);
    line.append(number).append('.').append(CaptureOptions.ANY).append(" (all interfaces)");
    out.line(line);
  }

  private static String state(Link link) {
    List<String> words = new ArrayList<>();
    if (link.isUp()) {
      words.add("Up");
    }
    if (link.isRunning()) {
      words.add("Running");
    }
    if (link.isLoopback()) {
      words.add("Loopback");
    }
    return words.isEmpty() ? "" : " [" + String.join(", ", words) + "]";
  }

  /// `-L`, in the words of tcpdump.
  public void listLinkTypes(List<String> names, Output out) throws BadArgument, IOException {
    List<Link> all = all();
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      LinkType type = linkType(name, all);
      text.append("Data link types for ").append(name).append(":\n  ").append(type).append('\n');
    }
    out.text(text);
  }

  private static LinkType linkType(String name, List<Link> all) throws BadArgument {
    if (name.equals(CaptureOptions.ANY)) {
      return LinkType.LINUX_SLL2;
    }
    for (Link link : all) {
      if (link.name().equals(name)) {
        return switch (link.hardwareType()) {
          case Link.ETHER, Link.LOOPBACK -> LinkType.ETHERNET;
          case Link.NONE -> LinkType.RAW;
          default -> LinkType.LINUX_SLL2;
        };
      }
    }
    String known = all.stream().map(Link::name).collect(Collectors.joining(", "));
    throw new BadArgument("no interface '" + name + "'; there are: " + known + ", any");
  }
}
