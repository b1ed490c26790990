package io.ringtap.cli.sweep;

import io.ringtap.cli.argument.FixedWords;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.packet.PacketLayers;
import io.ringtap.packet.TcpHeader;
import io.ringtap.sweep.SweepAnswer;
import io.ringtap.sweep.SweepAnswer.Kind;
import io.ringtap.sweep.SweepAnswer.Novelty;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// What can be printed of an answer, by zmap's names where zmap has it. A value is a number, an
/// address or a word without blanks and commas, so no format needs quotes for it; what an answer
/// does not have is empty.
enum OutputField {
  /// The target.
  SADDR(true),
  /// This host's address.
  DADDR(true),
  /// The port that was probed.
  SPORT(false),
  /// This host's port.
  DPORT(false),
  /// What came back.
  CLASSIFICATION(true),
  /// Whether the target, or its port, is there: 1 or 0.
  SUCCESS(false),
  /// Whether the target has answered before: 1 or 0.
  REPEAT(false),
  /// TTL or hop limit of the answer.
  TTL(false),
  /// The round-trip time.
  RTT_NS(false),
  /// Where its ends were measured.
  STAMP(true),
  /// Which of the probes to the target was answered, from 0.
  ATTEMPT(false),
  /// IPv4's identification.
  IPID(false),
  /// TCP's sequence number.
  SEQNUM(false),
  /// TCP's acknowledgment number.
  ACKNUM(false),
  /// TCP's window.
  WINDOW(false),
  /// The payload of a UDP reply, its first bytes in hexadecimal digits.
  DATA(true),
  /// Who sent an ICMP error.
  ICMP_RESPONDER(true),
  /// The type of an ICMP error.
  ICMP_TYPE(false),
  /// Its code.
  ICMP_CODE(false),
  /// When the answer arrived, as ISO 8601 has it.
  TIMESTAMP_STR(true),
  /// The same in seconds since the epoch.
  TIMESTAMP_TS(false),
  /// The microseconds of that second.
  TIMESTAMP_US(false);

  /// `-f`: names with commas between them, or `*` for all.
  static final class ListConverter implements ITypeConverter<List<OutputField>>, FixedWords {
    @Override
    public List<OutputField> convert(String text) {
      if (text.equals("*")) {
        return List.of(values());
      }
      List<OutputField> fields = new ArrayList<>();
      for (String name : text.split(",", -1)) {
        fields.add(of(name));
      }
      return fields;
    }

    private static OutputField of(String name) {
      for (OutputField field : values()) {
        if (field.word().equals(name)) {
          return field;
        }
      }
      throw new TypeConversionException("there is no field '%s', but %s".formatted(name, names()));
    }

    @Override
    public List<String> words() {
      return Arrays.stream(values()).map(OutputField::word).toList();
    }

    @Override
    public boolean isList() {
      return true;
    }
  }

  private static final DateTimeFormatter ISO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ", Locale.ROOT);

  private final boolean isText;

  OutputField(boolean isText) {
    this.isText = isText;
  }

  /// Its name in options and output.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// All names.
  private static String names() {
    return Arrays.stream(values()).map(OutputField::word).collect(Collectors.joining(", "));
  }

  /// Whether its values are texts and not numbers.
  boolean isText() {
    return isText;
  }

  /// Whether its values are read from the packet of the answer.
  boolean isOfPacket() {
    return switch (this) {
      case DADDR, DPORT, IPID, SEQNUM, ACKNUM, WINDOW, DATA -> true;
      default -> false;
    };
  }

  /// Appends the value that an answer has.
  ///
  /// @param layers the headers of the answer's packet
  void append(StringBuilder to, SweepAnswer answer, PacketLayers layers) {
    switch (this) {
      case SADDR -> address(to, answer.isIpv6(), answer.high(), answer.low());
      case DADDR -> ownAddress(to, answer);
      case SPORT -> number(to, answer.port() != 0, answer.port());
      case DPORT -> number(to, layers.hasPorts(), layers.destinationPort());
      case CLASSIFICATION -> to.append(classification(answer));
      case SUCCESS -> to.append(isSuccess(answer) ? 1 : 0);
      case REPEAT -> to.append(answer.novelty() == Novelty.FIRST ? 0 : 1);
      case TTL -> to.append(answer.hopLimit());
      case RTT_NS -> number(to, hasTime(answer), answer.rttNanos());
      case STAMP -> to.append(hasTime(answer) ? answer.stamps().word() : "");
      case ATTEMPT -> to.append(answer.attempt());
      case IPID -> identification(to, answer);
      case SEQNUM -> tcp(to, answer, layers, TcpHeader.SEQUENCE);
      case ACKNUM -> tcp(to, answer, layers, TcpHeader.ACKNOWLEDGMENT);
      case WINDOW -> tcp(to, answer, layers, TcpHeader.WINDOW);
      case DATA -> data(to, answer, layers);
      case ICMP_RESPONDER -> responder(to, answer);
      case ICMP_TYPE -> number(to, isError(answer), answer.type());
      case ICMP_CODE -> number(to, isError(answer), answer.code());
      case TIMESTAMP_STR -> isoTime(to, answer.epochNanos());
      case TIMESTAMP_TS -> to.append(answer.epochNanos() / 1_000_000_000);
      case TIMESTAMP_US -> to.append(answer.epochNanos() / 1000 % 1_000_000);
    }
  }

  /// Whether an answer says that what was asked for is there: the host, or a program at the port.
  static boolean isSuccess(SweepAnswer answer) {
    return switch (answer.kind()) {
      case ECHO_REPLY, SYN_ACK, UDP_REPLY -> true;
      case RST, ICMP_ERROR -> false;
    };
  }

  static boolean hasTime(SweepAnswer answer) {
    return answer.rttNanos() != SweepAnswer.UNKNOWN;
  }

  private static boolean isError(SweepAnswer answer) {
    return answer.kind() == Kind.ICMP_ERROR;
  }

  /// zmap's words; of an error, those of its echo scan.
  private static String classification(SweepAnswer answer) {
    return switch (answer.kind()) {
      case ECHO_REPLY -> "echoreply";
      case SYN_ACK -> "synack";
      case RST -> "rst";
      case UDP_REPLY -> "udp";
      case ICMP_ERROR -> answer.isIpv6() ? icmpv6(answer.type()) : icmp(answer.type());
    };
  }

  private static String icmp(int type) {
    return switch (type) {
      case IcmpType.DESTINATION_UNREACHABLE -> "unreach";
      case IcmpType.SOURCE_QUENCH -> "sourcequench";
      case IcmpType.REDIRECT -> "redirect";
      case IcmpType.TIME_EXCEEDED -> "timxceed";
      default -> "other";
    };
  }

  private static String icmpv6(int type) {
    return switch (type) {
      case Icmpv6Type.DESTINATION_UNREACHABLE -> "unreach";
      case Icmpv6Type.PACKET_TOO_BIG -> "toobig";
      case Icmpv6Type.TIME_EXCEEDED -> "timxceed";
      default -> "other";
    };
  }

  static void address(StringBuilder to, boolean isIpv6, long high, long low) {
    if (isIpv6) {
      IpAddress.appendIpv6(to, high, low);
    } else {
      IpAddress.appendIpv4(to, (int) low);
    }
  }

  private static void ownAddress(StringBuilder to, SweepAnswer answer) {
    MemorySegment packet = answer.memory();
    long offset = answer.offset();
    if (answer.isIpv6()) {
      IpAddress.appendIpv6(
          to,
          Ipv6Header.destinationHigh(packet, offset),
          Ipv6Header.destinationLow(packet, offset));
    } else {
      IpAddress.appendIpv4(to, Ipv4Header.destination(packet, offset));
    }
  }

  private static void responder(StringBuilder to, SweepAnswer answer) {
    if (isError(answer)) {
      address(to, answer.isIpv6(), answer.fromHigh(), answer.fromLow());
    }
  }

  private static void identification(StringBuilder to, SweepAnswer answer) {
    if (!answer.isIpv6()) {
      to.append(Ipv4Header.identification(answer.memory(), answer.offset()));
    }
  }

  private static void tcp(StringBuilder to, SweepAnswer answer, PacketLayers layers, int field) {
    if (answer.kind() != Kind.SYN_ACK && answer.kind() != Kind.RST) {
      return;
    }
    long header = layers.transportOffset();
    to.append(
        switch (field) {
          case TcpHeader.SEQUENCE ->
              Integer.toUnsignedLong(TcpHeader.sequence(answer.memory(), header));
          case TcpHeader.ACKNOWLEDGMENT ->
              Integer.toUnsignedLong(TcpHeader.acknowledgment(answer.memory(), header));
          default -> TcpHeader.window(answer.memory(), header);
        });
  }

  private static void data(StringBuilder to, SweepAnswer answer, PacketLayers layers) {
    if (answer.kind() == Kind.UDP_REPLY) {
      for (long at = layers.payloadOffset(); at < answer.end(); at++) {
        byte each = answer.memory().get(ValueLayout.JAVA_BYTE, at);
        to.append(Character.forDigit(each >> 4 & 0xF, 16))
            .append(Character.forDigit(each & 0xF, 16));
      }
    }
  }

  private static void isoTime(StringBuilder to, long epochNanos) {
    ISO_TIME.formatTo(Instant.ofEpochSecond(0, epochNanos).atZone(ZoneId.systemDefault()), to);
  }

  private static void number(StringBuilder to, boolean isThere, long value) {
    if (isThere) {
      to.append(value);
    }
  }
}
