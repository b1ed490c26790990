/// Where the requests of a pinger go out and its answers come in: raw and datagram ICMP sockets,
/// the tap that stamps departures, their filters, and what reads them to the judge.
@NullMarked
package io.ringtap.ping.engine.socket;

import org.jspecify.annotations.NullMarked;
