package io.ringtap.system.situation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.Command;
import io.ringtap.testnet.Link;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import java.io.IOException;

/// Two machines and a cable. The one that pings is 10.0.0.1/24 and fd00::1/64; its neighbours, all
/// of them, are at the far end, which answers as a machine at 10.0.0.2 and fd00::2, or by a
/// [ScriptedHost].
final class Cable implements AutoCloseable {
  /// What the interface is called on the machine that pings.
  static final String DEVICE = "v0";

  private static final String FAR_DEVICE = "v1";
  private static final int SCRIPTED = 10; // the first of the scripted hosts
  private static final int LAST_SCRIPTED = 29;

  final NetworkNamespace here;
  final NetworkNamespace there;
  final Link near;
  final Link far;

  private Cable(NetworkNamespace here, NetworkNamespace there) throws IOException {
    this.here = here;
    this.there = there;
    VethPair pair = VethPair.create(here, DEVICE, there, FAR_DEVICE);
    near = pair.a();
    far = pair.b();
    near.address("10.0.0.1/24").address("fd00::1/64");
  }

  /// A machine at the far end, whose kernel answers.
  static Cable toMachine() throws IOException {
    Cable cable = lay();
    cable.far.address("10.0.0.2/24").address("fd00::2/64");
    return cable;
  }

  /// A far end that is silent but for scripts. Of its hosts, numbers 10 to 29, the machine that
  /// pings knows the hardware address.
  static Cable toScripts() throws IOException {
    Cable cable = lay();
    cable.there.sysctl("net.ipv6.conf.all.disable_ipv6", "1");
    for (int host = SCRIPTED; host <= LAST_SCRIPTED; host++) {
      cable.near.neighbour(host(false, host), cable.far.mac());
      cable.near.neighbour(host(true, host), cable.far.mac());
    }
    return cable;
  }

  /// The address of the host at the far end that has this number.
  static String host(boolean isIpv6, int number) {
    return isIpv6 ? "fd00::" + Integer.toHexString(number) : "10.0.0." + number;
  }

  private static Cable lay() throws IOException {
    NetworkNamespace here = NetworkNamespace.create("here");
    NetworkNamespace there = NetworkNamespace.create("there");
    try {
      return new Cable(here, there);
    } catch (IOException e) {
      here.close();
      there.close();
      throw e;
    }
  }

  /// Runs a tool on the machine that pings, which must succeed.
  ///
  /// @param words split at spaces
  void configure(String words) throws IOException, InterruptedException {
    configure(here, words.split(" "));
  }

  static void configure(NetworkNamespace namespace, String... words)
      throws IOException, InterruptedException {
    Command.Result result = Command.finish(namespace.start(words));
    assertThat(result.exitCode()).as(String.join(" ", words) + result).isZero();
  }

  @Override
  public void close() {
    here.close();
    there.close();
  }
}
