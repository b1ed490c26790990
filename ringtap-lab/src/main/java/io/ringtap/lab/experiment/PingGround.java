package io.ringtap.lab.experiment;

import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import java.io.IOException;

/// The network of the pinging experiments: a pinger's namespace and a far one, joined by a cable,
/// over which nothing goes but what the experiment sends: neighbours are preset, IPv6 is off.
///
/// @param here where pingers run, as 10.9.0.1
/// @param there where everything else is, the first of it 10.9.0.2
/// @param cable from the one to the other
record PingGround(NetworkNamespace here, NetworkNamespace there, VethPair cable)
    implements AutoCloseable {
  static final String HERE = "10.9.0.1";
  static final String THERE = "10.9.0.2";

  static PingGround lay() throws IOException {
    NetworkNamespace here = NetworkNamespace.create("pinger");
    try {
      NetworkNamespace there = NetworkNamespace.create("far");
      try {
        return new PingGround(here, there, cable(here, there));
      } catch (IOException | RuntimeException e) {
        there.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      here.close();
      throw e;
    }
  }

  private static VethPair cable(NetworkNamespace here, NetworkNamespace there) throws IOException {
    here.sysctl("net.ipv6.conf.all.disable_ipv6", "1");
    there.sysctl("net.ipv6.conf.all.disable_ipv6", "1");
    VethPair cable = VethPair.create(here, "near0", there, "far0");
    cable.a().address(HERE + "/24").neighbour(THERE, cable.b().mac());
    cable.b().address(THERE + "/24").neighbour(HERE, cable.a().mac());
    here.routes().via("0.0.0.0/0", THERE);
    return cable;
  }

  @Override
  public void close() {
    here.close();
    there.close();
  }
}
