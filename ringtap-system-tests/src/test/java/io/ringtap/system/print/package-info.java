/// Packets as text beside tcpdump's, and the packets that make the comparison.
package io.ringtap.system.print;
