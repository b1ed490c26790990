package io.ringtap.cli.ping;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.device.Link;
import io.ringtap.device.NetworkInterface;
import io.ringtap.device.NetworkInterfaces;
import io.ringtap.error.LinuxException;
import io.ringtap.packet.IpAddress;
import io.ringtap.target.TargetSpec;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import picocli.CommandLine.Option;

/// Whether an interface is shielded from others' replies, and which.
final class ShieldArguments {
  private static final int ANY_PORT = 9; // nothing is sent there

  @Option(
      names = "--shield",
      description =
          "Drop echo replies that no process of this host asked for as they arrive (XDP), at the"
              + " interface of -I, or the one by which the first target is reached. Needs root.")
  private boolean isShield;

  /// The interface to shield.
  ///
  /// @throws BadArgument if it cannot be shielded, or there is nothing that says which it is
  NetworkInterface interfaceFor(PacketArguments.Origin origin, List<TargetSpec> specs)
      throws BadArgument, LinuxException {
    NetworkInterface found = find(origin, specs);
    if (found.link().hardwareType() != Link.ETHER) {
      throw new BadArgument("--shield is for Ethernet, which " + found.name() + " is not");
    }
    if (found.addresses().isEmpty()) {
      throw new BadArgument(
          "--shield: " + found.name() + " has no address that replies could come to");
    }
    return found;
  }

  boolean isGiven() {
    return isShield;
  }

  private static NetworkInterface find(PacketArguments.Origin origin, List<TargetSpec> specs)
      throws BadArgument, LinuxException {
    List<NetworkInterface> all = NetworkInterfaces.list();
    IpAddress given = origin.source();
    for (NetworkInterface each : all) {
      if (each.index() == origin.interfaceIndex()) {
        return each;
      }
    }
    InetAddress source = given == null ? source(specs) : given.toInetAddress();
    for (NetworkInterface each : all) {
      if (each.addresses().stream().anyMatch(its -> its.address().equals(source))) {
        return each;
      }
    }
    throw new BadArgument("--shield finds no interface that replies come to: name it with -I");
  }

  /// The address from which the first target is pinged.
  private static InetAddress source(List<TargetSpec> specs) throws BadArgument {
    if (specs.isEmpty()) {
      throw new BadArgument("--shield needs -I INTERFACE if all targets come from files");
    }
    TargetSpec first = specs.getFirst();
    try (DatagramSocket socket = new DatagramSocket()) {
      InetAddress target =
          switch (first) {
            case TargetSpec.Range range -> range.first().toInetAddress();
            case TargetSpec.Name(String name) -> InetAddress.getByName(name);
          };
      socket.connect(target, ANY_PORT);
      return socket.getLocalAddress();
    } catch (UnknownHostException | SocketException | UncheckedIOException _) {
      throw new BadArgument(
          "--shield finds no route to the first target: name the interface with -I");
    }
  }
}
