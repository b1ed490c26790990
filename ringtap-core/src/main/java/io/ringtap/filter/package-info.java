/// The filter language of tcpdump (pcap-filter(7)), compiled: from a text to the program that
/// decides on packets. [FilterCompiler] runs the stages, each a package below this one that knows
/// those before it: `syntax` reads the text, `lowering` says what the words mean for the bytes of a
/// packet, in the language of `condition`, and `graph` makes the decisions few and writes them as
/// instructions. `name` is what names stand for. Knows wire formats and programs, and neither Linux
/// nor sockets.
///
/// To filter bytes:
///
/// {@snippet class="io.ringtap.examples.FilterBytes" region="program"}
@NullMarked
package io.ringtap.filter;

import org.jspecify.annotations.NullMarked;
