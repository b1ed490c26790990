/// Reads and writes savefiles (pcap and pcapng), and rotates files. Needs neither Linux nor root;
/// depends only on the packet package.
@NullMarked
package io.ringtap.savefile;

import org.jspecify.annotations.NullMarked;
