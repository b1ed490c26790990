/// Virtual hosts: one thread answers echo requests for whole prefixes, with the delay, loss and
/// faults that a test configures for each address. What happens to a request depends only on a
/// seed, the address and the number of the request, so it is the same in every run.
///
/// ```java
/// try (NetworkNamespace namespace = NetworkNamespace.create("hosts");
///     VirtualHosts hosts = VirtualHosts.start(namespace, "tun0", 42)) {
///   hosts.link().address("10.0.0.1/32");
///   hosts.own("10.1.0.0/16").behave("10.1.2.0/24", HostBehaviour.PROMPT.loss(0.1));
///   Process ping = namespace.start("ping", "-c", "10", "10.1.2.3");
/// }
/// ```
@NullMarked
package io.ringtap.testnet.host;

import org.jspecify.annotations.NullMarked;
