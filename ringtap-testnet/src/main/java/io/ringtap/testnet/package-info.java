/// A network in a box, for tests and experiments: network namespaces that vanish with the JVM, veth
/// pairs between them, and virtual hosts that answer echo requests with programmed faults.
///
/// Everything here needs root (`CAP_SYS_ADMIN`, `CAP_NET_ADMIN`) and nothing needs `ip` or other
/// tools. This package knows `io.ringtap.linux` and [io.ringtap.packet].
@NullMarked
package io.ringtap.testnet;

import org.jspecify.annotations.NullMarked;
