/// The structs of `SIOCETHTOOL` and `SIOCSHWTSTAMP`.
@NullMarked
package io.ringtap.linux.abi.ethtool;

import org.jspecify.annotations.NullMarked;
