/// Load that the kernel generates: more than a million frames per second and CPU, which arrive at
/// an interface as if its network card had received them. Needs Linux 5.18 and `CAP_BPF`, in
/// addition to what [io.ringtap.testnet] needs.
///
/// ```java
/// try (NetworkNamespace namespace = NetworkNamespace.create("load")) {
///   VethPair cable = VethPair.create(namespace, "in0", namespace, "out0");
///   try (RunningLoad load = FrameLoad.on(cable.a()).frames(1_000_000).sources(100).start()) {
///     load.await(); // packet sockets on in0 are shown a million frames meanwhile
///   }
/// }
/// ```
@NullMarked
package io.ringtap.testnet.load;

import org.jspecify.annotations.NullMarked;
