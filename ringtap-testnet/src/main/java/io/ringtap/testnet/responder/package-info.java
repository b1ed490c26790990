/// A whole prefix of hosts that answer in the kernel, at millions of packets a second: an XDP
/// program at the far end of a cable, which knows by a rule who answers what. Needs `CAP_BPF`, in
/// addition to what [io.ringtap.testnet] needs.
///
/// ```java
/// VethPair cable = VethPair.create(near, "near0", far, "far0");
/// cable.a().address("192.0.2.1/24");
/// cable.b().address("192.0.2.2/24"); // answers ARP for the router
/// near.routes().via("10.64.0.0/12", "192.0.2.2");
/// try (XdpResponder hosts = XdpResponder.attach(cable, "10.64.0.0/12", AnswerRule.ALL)) {
///   // every address of 10.64.0.0/12 answers echo requests
/// }
/// ```
@NullMarked
package io.ringtap.testnet.responder;

import org.jspecify.annotations.NullMarked;
