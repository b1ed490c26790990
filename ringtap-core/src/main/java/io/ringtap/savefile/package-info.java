/// Savefiles: pcap and pcapng, read and written, and the rotation of files. Needs neither Linux nor
/// root; uses only the wire formats.
@NullMarked
package io.ringtap.savefile;

import org.jspecify.annotations.NullMarked;
