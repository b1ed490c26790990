/// What `SIOCETHTOOL` and `SIOCSHWTSTAMP` take and give.
@NullMarked
package io.ringtap.linux.abi.ethtool;

import org.jspecify.annotations.NullMarked;
