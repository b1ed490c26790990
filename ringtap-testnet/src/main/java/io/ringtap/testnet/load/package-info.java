/// Load that the kernel makes itself: more than a million frames a second for each CPU, which
/// arrive at an interface as if its card had received them. Needs Linux 5.18 and `CAP_BPF` beside
/// what [io.ringtap.testnet] needs.
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
