/// The printer beside tcpdump: protocols of IP, what goes with it, and transport.
package io.ringtap.system.print.network;
