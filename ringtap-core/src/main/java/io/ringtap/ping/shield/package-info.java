/// Keeps other hosts' echo replies from this one: those that answer nothing that was sent from here
/// are dropped before the kernel's stack spends anything on them.
@NullMarked
package io.ringtap.ping.shield;

import org.jspecify.annotations.NullMarked;
