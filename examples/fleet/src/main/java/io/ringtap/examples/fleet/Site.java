package io.ringtap.examples.fleet;

import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import io.ringtap.testnet.host.HostBehaviour;
import io.ringtap.testnet.host.VirtualHosts;
import java.io.IOException;
import java.time.Duration;

/// A site: a namespace with a way to the broker, and its own view of the targets, so that a target
/// can be down for one site only.
final class Site implements AutoCloseable {
  static final String TARGETS = "10.64.0.0/24";

  private final String name;
  private final NetworkNamespace namespace;
  private final VirtualHosts hosts;
  private final HostBehaviour usual;

  /// Makes the site with a number of its own, from 1.
  Site(String name, int number, NetworkNamespace hub) throws IOException {
    this.name = name;
    usual = HostBehaviour.PROMPT.delay(Duration.ofMillis(8L * number)).jitter(Duration.ofMillis(2));
    namespace = NetworkNamespace.create(name);
    try {
      VethPair cable = VethPair.create(namespace, "up", hub, "down" + number);
      cable.a().address("10.98." + number + ".2/24");
      cable.b().address("10.98." + number + ".1/24");
      namespace.routes().via(FleetExample.BROKER + "/32", "10.98." + number + ".1");
      hosts = VirtualHosts.start(namespace, "hosts", number).own(TARGETS).behave(TARGETS, usual);
    } catch (IOException | RuntimeException e) {
      namespace.close();
      throw e;
    }
  }

  String name() {
    return name;
  }

  NetworkNamespace namespace() {
    return namespace;
  }

  /// Whether a target answers probes of this site.
  void answer(String target, boolean isUp) {
    hosts.behave(target + "/32", isUp ? usual : HostBehaviour.SILENT);
  }

  @Override
  public void close() {
    hosts.close();
    namespace.close();
  }
}
