package io.ringtap.cli.pcap;

import io.ringtap.cli.terminal.Figures;
import io.ringtap.cli.terminal.JsonLines;
import io.ringtap.cli.terminal.Output;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileInterfaceStatistics;
import io.ringtap.savefile.SavefileSection;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// What `pcap info` prints of a file.
final class InfoReport {
  /// The size of a stream.
  static final long UNKNOWN = -1;

  private static final DateTimeFormatter MOMENT =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss.SSSSSSSSS ")
          .appendOffset("+HH:MM", "+00:00")
          .toFormatter(Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  private InfoReport() {}

  /// Prints lines.
  static void text(FileInfo info, long size, Output out) {
    StringBuilder text = new StringBuilder();
    line(text, "File", info.reader().name());
    line(text, "Format", format(info.reader().format()) + sections(info));
    if (size != UNKNOWN) {
      line(text, "Size", size + " bytes");
    }
    line(text, "Packets", String.valueOf(info.packets()));
    line(
        text,
        "Link types",
        info.packetsByLinkType().entrySet().stream()
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining(", ")));
    line(text, "Captured", bytes(info.capturedBytes(), info));
    line(text, "Original", bytes(info.originalBytes(), info));
    if (info.packets() > 0) {
      times(text, info);
    }
    lineIfAny(text, "Cut packets", info.cutPackets());
    lineIfAny(text, "Commented", info.commentedPackets(), " packets");
    lineIfAny(text, "Dropped", info.droppedBeforePackets(), " between packets");
    line(
        text,
        "Other blocks",
        info.otherBlocks().entrySet().stream()
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining(", ")));
    SavefileSection section = info.reader().section();
    line(text, "Hardware", section.hardware());
    line(text, "System", section.os());
    line(text, "Application", section.application());
    section.comments().forEach(each -> line(text, "Comment", each));
    for (int i = 0; i < info.interfaces().size(); i++) {
      line(text, "Interface " + i, interfaceText(info, i));
    }
    out.line(text);
  }

  private static void times(StringBuilder text, FileInfo info) {
    double seconds = seconds(info.last() - info.first());
    line(text, "First packet", MOMENT.format(instant(info.first())));
    line(text, "Last packet", MOMENT.format(instant(info.last())));
    line(text, "Span", secondsText(info.last() - info.first()));
    if (seconds > 0) {
      line(
          text,
          "Rates",
          "%s packets/s, %s"
              .formatted(
                  Figures.si(info.packets() / seconds),
                  Figures.bitRate(info.originalBytes() * Byte.SIZE / seconds)));
    }
    line(
        text,
        "Order",
        info.outOfOrder() == 0
            ? "by time"
            : info.outOfOrder() + " packets are earlier than the one before");
    FileInfo.Pause pause = info.longestPause();
    if (pause != null) {
      line(text, "Longest pause", secondsText(pause.nanos()) + ", after packet " + pause.after());
    }
  }

  private static String interfaceText(FileInfo info, int id) {
    SavefileInterface each = info.interfaces().get(id);
    StringBuilder text = new StringBuilder();
    text.append(each.name() == null ? "" : each.name() + ", ")
        .append(each.linkType())
        .append(each.snaplen() > 0 ? ", snaplen " + each.snaplen() : "")
        .append(each.filter() == null ? "" : ", filter '" + each.filter() + "'")
        .append(each.description() == null ? "" : ", " + each.description())
        .append(": ")
        .append(info.packetsOf(id))
        .append(" packets");
    SavefileInterfaceStatistics counts = info.statisticsOf(id);
    if (counts != null) {
      count(text, "received", counts.received());
      count(text, "accepted by filter", counts.acceptedByFilter());
      count(text, "dropped by interface", counts.droppedByInterface());
      count(text, "dropped by system", counts.droppedBySystem());
    }
    return text.toString();
  }

  private static void count(StringBuilder text, String what, long count) {
    if (count != SavefileInterfaceStatistics.UNKNOWN) {
      text.append(", ").append(count).append(' ').append(what);
    }
  }

  private static String bytes(long bytes, FileInfo info) {
    return info.packets() == 0
        ? bytes + " bytes"
        : "%d bytes, %s a packet".formatted(bytes, Figures.si((double) bytes / info.packets()));
  }

  private static String sections(FileInfo info) {
    return info.sections() > 1 ? ", " + info.sections() + " sections" : "";
  }

  private static String format(SavefileFormat format) {
    return switch (format) {
      case PCAPNG -> "pcapng";
      case PCAP_MICROS -> "pcap, microseconds";
      case PCAP_NANOS -> "pcap, nanoseconds";
    };
  }

  /// A line of the report, if there is something to say.
  private static void line(StringBuilder text, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      text.append(name).append(':').repeat(' ', Math.max(1, 15 - name.length()));
      value.codePoints().forEach(c -> text.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
      text.append('\n');
    }
  }

  private static void lineIfAny(StringBuilder text, String name, long count) {
    lineIfAny(text, name, count, "");
  }

  private static void lineIfAny(StringBuilder text, String name, long count, String unit) {
    line(text, name, count == 0 ? null : count + unit);
  }

  private static Instant instant(long epochNanos) {
    return Instant.ofEpochSecond(0, epochNanos);
  }

  private static double seconds(long nanos) {
    return (double) nanos / TimeUnit.SECONDS.toNanos(1);
  }

  private static String secondsText(long nanos) {
    return Figures.seconds(new StringBuilder(), nanos, 9).append(" s").toString();
  }

  /// Prints an object.
  static void json(FileInfo info, long size, Output out) {
    JsonGenerator json = JsonLines.generator(out);
    JsonLines.begin(json, "file");
    json.writeStringProperty("name", info.reader().name());
    json.writeStringProperty(
        "format",
        switch (info.reader().format()) {
          case PCAPNG -> "pcapng";
          case PCAP_MICROS -> "pcap";
          case PCAP_NANOS -> "nanopcap";
        });
    if (size != UNKNOWN) {
      json.writeNumberProperty("size", size);
    }
    json.writeNumberProperty("packets", info.packets());
    json.writeNumberProperty("captured_bytes", info.capturedBytes());
    json.writeNumberProperty("original_bytes", info.originalBytes());
    if (info.packets() > 0) {
      json.writeNumberProperty("first_ns", info.first());
      json.writeNumberProperty("last_ns", info.last());
      json.writeNumberProperty("smallest", info.smallest());
      json.writeNumberProperty("largest", info.largest());
    }
    json.writeNumberProperty("out_of_order", info.outOfOrder());
    json.writeNumberProperty("cut_packets", info.cutPackets());
    json.writeNumberProperty("commented_packets", info.commentedPackets());
    json.writeNumberProperty("dropped_between_packets", info.droppedBeforePackets());
    FileInfo.Pause pause = info.longestPause();
    if (pause != null) {
      json.writeNumberProperty("longest_pause_ns", pause.nanos());
      json.writeNumberProperty("longest_pause_after", pause.after());
    }
    json.writeObjectPropertyStart("link_types");
    info.packetsByLinkType().forEach((type, n) -> json.writeNumberProperty(type.toString(), n));
    json.writeEndObject();
    json.writeObjectPropertyStart("other_blocks");
    info.otherBlocks().forEach(json::writeNumberProperty);
    json.writeEndObject();
    section(json, info.reader().section());
    json.writeArrayPropertyStart("interfaces");
    for (int i = 0; i < info.interfaces().size(); i++) {
      interfaceJson(json, info, i);
    }
    json.writeEndArray();
    text(json, "damage", info.damage());
    JsonLines.end(json);
  }

  private static void section(JsonGenerator json, SavefileSection section) {
    text(json, "hardware", section.hardware());
    text(json, "os", section.os());
    text(json, "application", section.application());
    json.writeArrayPropertyStart("comments");
    section.comments().forEach(json::writeString);
    json.writeEndArray();
  }

  private static void interfaceJson(JsonGenerator json, FileInfo info, int id) {
    SavefileInterface each = info.interfaces().get(id);
    json.writeStartObject();
    text(json, "name", each.name());
    text(json, "description", each.description());
    json.writeStringProperty("link_type", each.linkType().toString());
    json.writeNumberProperty("snaplen", each.snaplen());
    text(json, "filter", each.filter());
    json.writeNumberProperty("packets", info.packetsOf(id));
    SavefileInterfaceStatistics counts = info.statisticsOf(id);
    if (counts != null) {
      count(json, counts, "received", SavefileInterfaceStatistics::received);
      count(json, counts, "accepted_by_filter", SavefileInterfaceStatistics::acceptedByFilter);
      count(json, counts, "dropped_by_interface", SavefileInterfaceStatistics::droppedByInterface);
      count(json, counts, "dropped_by_system", SavefileInterfaceStatistics::droppedBySystem);
    }
    json.writeEndObject();
  }

  private static void count(
      JsonGenerator json,
      SavefileInterfaceStatistics counts,
      String name,
      ToLongFunction<SavefileInterfaceStatistics> count) {
    long value = count.applyAsLong(counts);
    if (value != SavefileInterfaceStatistics.UNKNOWN) {
      json.writeNumberProperty(name, value);
    }
  }

  private static void text(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }
}
