/// The printer beside tcpdump: protocols of servers and tunnels.
package io.ringtap.system.print.application;
