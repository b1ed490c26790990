/// The filter language of tcpdump (pcap-filter(7)), compiled: from a text to the program that
/// decides on packets. [FilterCompiler] runs the stages, each a package below this one: `syntax`
/// reads the text, `lowering` says what the words mean for the octets of a packet, `graph` makes
/// the decisions few and writes them as instructions. Knows wire formats and programs, and neither
/// Linux nor sockets.
@NullMarked
package io.ringtap.filter;

import org.jspecify.annotations.NullMarked;
