/// `ringtap pcap`: jobs on savefiles, each a command of its own that copies packets from file to
/// file and loses nothing that it does not know.
@NullMarked
package io.ringtap.cli.pcap;

import org.jspecify.annotations.NullMarked;
