/// The printer beside tcpdump: protocols of link layers, neighbors and switches.
package io.ringtap.system.print.link;
