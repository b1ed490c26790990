/// The pinger: requests in, one outcome for each probe out.
///
/// To ping names, addresses, prefixes or ranges:
///
/// {@snippet class="io.ringtap.examples.PingHosts" region="program"}
@NullMarked
package io.ringtap.ping;

import org.jspecify.annotations.NullMarked;
