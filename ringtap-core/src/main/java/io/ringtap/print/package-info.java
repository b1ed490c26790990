/// Prints packets: as lines in the style of tcpdump, or as JSON objects.
///
/// To add a protocol, write a class that implements [io.ringtap.print.line.Protocol] in the
/// subpackage of its layer, and add a line to `ProtocolTable` with the numbers by which packets of
/// it are known. The class reads by [io.ringtap.print.line.Line], which never passes the captured
/// bytes, and prints what it carries by [io.ringtap.print.line.Protocols]; it uses no other
/// protocol's class. Its test lists packets of it for the comparison with tcpdump.
@NullMarked
package io.ringtap.print;

import org.jspecify.annotations.NullMarked;
