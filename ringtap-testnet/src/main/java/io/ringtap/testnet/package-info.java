/// Networks on one machine, for tests and experiments: network namespaces that end with the JVM,
/// veth pairs between them, addresses, routes and neighbours. Needs Linux and root
/// (`CAP_SYS_ADMIN`, `CAP_NET_ADMIN`), and no tools such as `ip`, except `nsenter` for
/// [processes][io.ringtap.testnet.NetworkNamespace#process].
///
/// ```java
/// try (NetworkNamespace here = NetworkNamespace.create("here");
///     NetworkNamespace there = NetworkNamespace.create("there")) {
///   VethPair cable = VethPair.create(here, "eth0", there, "eth0");
///   cable.a().address("10.0.0.1/24");
///   cable.b().address("10.0.0.2/24");
///   Process ping = here.start("ping", "-c", "1", "10.0.0.2");
/// }
/// ```
///
/// Sockets belong to the namespace of the thread that opens them, so open yours inside
/// [call][io.ringtap.testnet.NetworkNamespace#call]: `here.call(() -> Capture.open(options))`.
///
/// [io.ringtap.testnet.host] adds hosts simulated by a thread, [io.ringtap.testnet.load] millions
/// of frames per second. This package depends on neither.
@NullMarked
package io.ringtap.testnet;

import org.jspecify.annotations.NullMarked;
