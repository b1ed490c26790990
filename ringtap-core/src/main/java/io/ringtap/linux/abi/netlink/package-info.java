/// Netlink messages, and what `rtnetlink(7)` puts into them.
@NullMarked
package io.ringtap.linux.abi.netlink;

import org.jspecify.annotations.NullMarked;
