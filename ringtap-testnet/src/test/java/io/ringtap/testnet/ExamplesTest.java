package io.ringtap.testnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.host.HostBehaviour;
import io.ringtap.testnet.host.HostCounter;
import io.ringtap.testnet.host.VirtualHosts;
import io.ringtap.testnet.load.FrameLoad;
import io.ringtap.testnet.load.RunningLoad;
import io.ringtap.testnet.responder.AnswerRule;
import io.ringtap.testnet.responder.ResponderCounter;
import io.ringtap.testnet.responder.XdpResponder;
import org.junit.jupiter.api.Test;

/// Runs the examples of the package descriptions. If you change one, change the other.
@RequiresRoot
class ExamplesTest {
  @Test
  void connectsTwoNamespaces() throws Exception {
    try (NetworkNamespace here = NetworkNamespace.create("here");
        NetworkNamespace there = NetworkNamespace.create("there")) {
      VethPair cable = VethPair.create(here, "eth0", there, "eth0");
      cable.a().address("10.0.0.1/24");
      cable.b().address("10.0.0.2/24");

      try (EchoSocket ping = EchoSocket.open(here, false)) {
        ping.send("10.0.0.2", 1, 1, new byte[8]);
        assertThat(ping.receive(5_000).orElseThrow().from()).isEqualTo("10.0.0.2");
      }
    }
  }

  @Test
  void answersFromVirtualHosts() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.create("hosts");
        VirtualHosts hosts = VirtualHosts.start(namespace, "tun0", 42)) {
      hosts.link().address("10.0.0.1/32");
      hosts.own("10.1.0.0/16").behave("10.1.2.0/24", HostBehaviour.PROMPT.loss(0.1));

      try (EchoSocket ping = EchoSocket.open(namespace, false)) {
        ping.send("10.1.9.9", 1, 1, new byte[8]);
        assertThat(ping.receive(5_000).orElseThrow().from()).isEqualTo("10.1.9.9");
      }
      assertThat(hosts.count(HostCounter.ANSWERS)).isOne();
    }
  }

  @Test
  void answersForAPrefixInTheKernel() throws Exception {
    try (NetworkNamespace near = NetworkNamespace.create("near");
        NetworkNamespace far = NetworkNamespace.create("far")) {
      VethPair cable = VethPair.create(near, "near0", far, "far0");
      cable.a().address("192.0.2.1/24");
      cable.b().address("192.0.2.2/24");
      near.routes().via("10.64.0.0/12", "192.0.2.2");
      try (XdpResponder hosts = XdpResponder.attach(cable, "10.64.0.0/12", AnswerRule.ALL);
          EchoSocket ping = EchoSocket.open(near, false)) {
        ping.send("10.79.255.255", 1, 1, new byte[8]);
        assertThat(ping.receive(5_000).orElseThrow().from()).isEqualTo("10.79.255.255");
        assertThat(hosts.counters()).containsEntry(ResponderCounter.ECHO_REPLIES, 1L);
      }
    }
  }

  @Test
  void makesLoad() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.create("load")) {
      VethPair cable = VethPair.create(namespace, "in0", namespace, "out0");
      try (RunningLoad load = FrameLoad.on(cable.a()).frames(100_000).sources(100).start()) {
        load.await();
        assertThat(load.injected()).isEqualTo(100_000);
      }
    }
  }
}
