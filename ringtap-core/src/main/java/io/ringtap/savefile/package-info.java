/// Savefiles: pcap and pcapng, read and written, and the rotation of files. Needs neither Linux nor
/// root; knows the wire formats alone.
@NullMarked
package io.ringtap.savefile;

import org.jspecify.annotations.NullMarked;
