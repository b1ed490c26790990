/// Reads and writes savefiles (pcap and pcapng), and rotates files. Needs neither Linux nor root;
/// depends only on the packet package.
///
/// - [io.ringtap.savefile.SavefileReader] is a cursor over the packets of a file, and on request
///   over all its blocks. It reads pcap of all versions and pcapng, also compressed by gzip, from
///   files and from streams.
/// - [io.ringtap.savefile.SavefileCopy] writes what readers read, block by block: what tools that
///   filter, cut, split, join and convert savefiles are made of. It keeps what it does not know. A
///   tool chooses packets by passing some to it and some not, changes them by passing another frame
///   or other comments, and adds or replaces blocks that it builds with
///   [io.ringtap.savefile.block.BlockBuilder].
/// - [io.ringtap.savefile.SavefileMerger] steps through several readers by time, and
///   [io.ringtap.savefile.SavefileSort] sorts a file.
/// - [io.ringtap.savefile.SavefileWriter] and [io.ringtap.savefile.SavefileOutput] write packets
///   from elsewhere.
///
/// For example, to cut all packets to 96 bytes:
///
/// ```java
/// while (reader.nextBlock()) {
///   if (reader.isPacket() && reader.caplen() > 96) {
///     copy.write(reader, cut(reader, 96), reader.comments());
///   } else {
///     copy.write(reader);
///   }
///   if (!reader.isNextAtHand()) {
///     copy.flush(); // a stream may pause here
///   }
/// }
/// ```
///
/// To count the packets of a file that match a filter:
///
/// {@snippet class="io.ringtap.examples.FilterSavefile" region="program"}
@NullMarked
package io.ringtap.savefile;

import org.jspecify.annotations.NullMarked;
