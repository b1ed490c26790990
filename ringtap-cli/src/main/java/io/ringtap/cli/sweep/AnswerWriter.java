package io.ringtap.cli.sweep;

import io.ringtap.cli.terminal.Figures;
import io.ringtap.cli.terminal.JsonLines;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.StatusLine;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.PacketLayers;
import io.ringtap.sweep.SweepAnswer;
import io.ringtap.sweep.SweepAnswer.Novelty;
import io.ringtap.sweep.SweepListener;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Prints answers, a line each. The sweep's receiving thread calls it; in text and CSV it allocates
/// nothing, unless for `timestamp_str`.
final class AnswerWriter implements SweepListener {
  /// How answers are printed.
  enum Format {
    TEXT,
    CSV,
    JSON
  }

  /// What is printed.
  ///
  /// @param fields of CSV and JSON; null for the usual ones
  /// @param isAll every answer, and not only the first of each target that says that it is there
  record Choice(Format format, @Nullable List<OutputField> fields, boolean isAll) {
    /// Whether an object with the account follows those of the answers.
    boolean hasSummary() {
      return format == Format.JSON && fields == null;
    }
  }

  private static final List<OutputField> USUAL =
      List.of(
          OutputField.SADDR,
          OutputField.SPORT,
          OutputField.CLASSIFICATION,
          OutputField.SUCCESS,
          OutputField.REPEAT,
          OutputField.TTL,
          OutputField.RTT_NS,
          OutputField.STAMP,
          OutputField.ICMP_RESPONDER,
          OutputField.ICMP_TYPE,
          OutputField.ICMP_CODE);

  private final Output out;
  private final Choice choice;
  private final List<OutputField> fields;
  private @Nullable StatusLine below;
  private final StringBuilder line = new StringBuilder();
  private final PacketLayers layers = new PacketLayers();
  private final @Nullable JsonGenerator json;

  AnswerWriter(Output out, Choice choice) {
    this.out = out;
    this.choice = choice;
    fields = choice.fields == null ? USUAL : choice.fields;
    json = choice.format == Format.JSON ? JsonLines.generator(out) : null;
  }

  /// The line before the first, where the format has one: the columns' names.
  void writeHead() {
    if (choice.format == Format.CSV) {
      line.setLength(0);
      for (OutputField field : fields) {
        line.append(line.isEmpty() ? "" : ",").append(field.word());
      }
      out.line(line);
    }
  }

  /// Has the lines stand above a status line on the same terminal, from the first one on: a line
  /// that waits to be written while the status line appears would be written behind it.
  void standAbove(StatusLine line) {
    below = line;
  }

  @Override
  public void onAnswer(SweepAnswer answer) {
    boolean isWanted =
        choice.isAll || (answer.novelty() == Novelty.FIRST && OutputField.isSuccess(answer));
    if (!isWanted) {
      return;
    }
    layers.read(
        LinkType.RAW, answer.memory(), answer.offset(), (int) (answer.end() - answer.offset()));
    if (choice.format == Format.JSON) {
      writeJson(answer);
      return;
    }
    line.setLength(0);
    if (below != null) {
      line.append(below.erasing());
    }
    if (choice.format == Format.CSV) {
      appendCsv(answer);
    } else {
      appendText(answer);
    }
    line.append('\n');
    if (below != null) {
      line.append(below.drawing());
    }
    out.text(line);
  }

  private void appendCsv(SweepAnswer answer) {
    for (int i = 0; i < fields.size(); i++) {
      if (i > 0) {
        line.append(',');
      }
      fields.get(i).append(line, answer, layers);
    }
  }

  /// As ping and nmap would say it.
  private void appendText(SweepAnswer answer) {
    OutputField.SADDR.append(line, answer, layers);
    if (answer.port() != 0) {
      line.append(' ').append(answer.port());
    }
    switch (answer.kind()) {
      case ECHO_REPLY -> {}
      case SYN_ACK -> line.append(" open");
      case RST -> line.append(" closed");
      case UDP_REPLY -> line.append(" answers");
      case ICMP_ERROR -> {
        line.append(' ');
        line.append(
            answer.isIpv6()
                ? Icmpv6Type.description(answer.type(), answer.code())
                : IcmpType.description(answer.type(), answer.code()));
        line.append(" from ");
        OutputField.ICMP_RESPONDER.append(line, answer, layers);
      }
    }
    line.append(" ttl=").append(answer.hopLimit());
    if (OutputField.hasTime(answer)) {
      Figures.millis(line.append(" time="), answer.rttNanos()).append(" ms");
    }
    switch (answer.novelty()) {
      case REPEAT -> line.append(" (again)");
      case DUPLICATE -> line.append(" (DUP!)");
      case FIRST -> {}
    }
  }

  private void writeJson(SweepAnswer answer) {
    JsonGenerator to = json;
    if (to == null) {
      return;
    }
    if (choice.hasSummary()) {
      JsonLines.begin(to, "answer");
    } else {
      to.writeStartObject(); // as zmap's, which has no types
    }
    for (OutputField field : fields) {
      line.setLength(0);
      field.append(line, answer, layers);
      if (!line.isEmpty()) {
        to.writeName(field.word());
        if (field.isText()) {
          to.writeString(line.toString());
        } else {
          to.writeRawValue(line.toString());
        }
      }
    }
    JsonLines.end(to);
  }
}
