/// The library's pinger and `ringtap ping`, with tcpdump as the reference of times.
package io.ringtap.system.ping;
