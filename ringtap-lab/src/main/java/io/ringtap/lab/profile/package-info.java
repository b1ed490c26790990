/// Where the time goes while a peer works under load: samples of all CPUs with their call chains,
/// resolved to functions and grouped, and system calls counted by name. It needs root, and of tools
/// only the kernel.
@NullMarked
package io.ringtap.lab.profile;

import org.jspecify.annotations.NullMarked;
