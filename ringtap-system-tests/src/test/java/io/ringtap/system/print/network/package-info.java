/// The printer beside tcpdump: protocols of IP, what stands beside and behind it, and transport.
package io.ringtap.system.print.network;
