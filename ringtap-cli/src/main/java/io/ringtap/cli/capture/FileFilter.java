package io.ringtap.cli.capture;

import io.ringtap.bpf.Ancillary;
import io.ringtap.bpf.BpfInterpreter;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.capture.CaptureFilter;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.filter.FilterCompiler;
import io.ringtap.filter.FilterException;
import io.ringtap.filter.FilterOptions;
import io.ringtap.linux.abi.packet.IfPacket;
import io.ringtap.packet.EthernetHeader;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.savefile.PacketFlags;
import io.ringtap.savefile.SavefileReader;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// What the packets of a file must pass. An expression is compiled for each link type that the file
/// has packets of.
final class FileFilter {
  private final @Nullable CaptureFilter filter;
  private final Ancillary ancillary = new Ancillary(0, IfPacket.PACKET_HOST, 0);
  private final Map<LinkType, BpfInterpreter> interpreters = new HashMap<>();

  FileFilter(@Nullable CaptureFilter filter) {
    this.filter = filter;
  }

  /// Whether the packet that `reader` is at passes.
  ///
  /// @throws BadArgument if the expression is none for packets of its link type
  boolean passes(SavefileReader reader) throws BadArgument {
    LinkType linkType = reader.interfaceOf(reader.interfaceId()).linkType();
    BpfInterpreter interpreter = prepare(linkType);
    if (interpreter == null) {
      return true;
    }
    tellAncillary(reader, linkType);
    return interpreter.run(
            reader.memory(), reader.offset(), reader.caplen(), reader.origlen(), ancillary)
        != 0;
  }

  /// Makes ready for packets of a link type.
  ///
  /// @return what runs the filter on them; null passes all
  /// @throws BadArgument if the expression is none for them
  @Nullable BpfInterpreter prepare(LinkType linkType) throws BadArgument {
    BpfInterpreter interpreter = interpreters.get(linkType);
    if (interpreter == null && filter != null) {
      interpreter = new BpfInterpreter(program(filter, linkType));
      interpreters.put(linkType, interpreter);
    }
    return interpreter;
  }

  /// The program for packets of a link type in a file.
  ///
  /// @throws BadArgument if the expression is none for them
  static BpfProgram program(CaptureFilter filter, LinkType linkType) throws BadArgument {
    return switch (filter) {
      case CaptureFilter.Program(BpfProgram ready) -> ready;
      case CaptureFilter.Expression(String text, boolean anyVlan) -> {
        FilterOptions options =
            FilterOptions.of(linkType).withSnaplen(Frame.MAX_SNAPLEN).withAnyVlan(anyVlan);
        try {
          yield FilterCompiler.compile(text, options);
        } catch (FilterException e) {
          throw BadArgument.of(e);
        }
      }
    };
  }

  /// Takes from the file what it tells of what the kernel would tell.
  private void tellAncillary(SavefileReader reader, LinkType linkType) {
    boolean hasEtherType =
        linkType.equals(LinkType.ETHERNET) && reader.caplen() >= EthernetHeader.BYTES;
    int protocol = hasEtherType ? EthernetHeader.etherType(reader.memory(), reader.offset()) : 0;
    ancillary
        .protocol(protocol)
        .packetType(packetType(reader.flags()))
        .random(ThreadLocalRandom.current().nextInt());
  }

  private static int packetType(int flags) {
    if ((flags & PacketFlags.DIRECTION) == PacketFlags.OUTBOUND) {
      return IfPacket.PACKET_OUTGOING;
    }
    return switch (flags & PacketFlags.RECEPTION) {
      case PacketFlags.BROADCAST -> IfPacket.PACKET_BROADCAST;
      case PacketFlags.MULTICAST -> IfPacket.PACKET_MULTICAST;
      case PacketFlags.PROMISCUOUS -> IfPacket.PACKET_OTHERHOST;
      default -> IfPacket.PACKET_HOST;
    };
  }
}
