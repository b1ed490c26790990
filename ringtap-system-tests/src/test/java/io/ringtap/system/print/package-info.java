/// Packets as text beside tcpdump's, the packets that make the comparison, and a class for each
/// protocol that is compared by itself.
package io.ringtap.system.print;
