package io.ringtap.cli.iputils;

import io.ringtap.cli.run.HostNames;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.Figures;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Times;
import io.ringtap.error.Errno;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.Recording;
import java.time.Duration;
import java.util.HexFormat;

/// The lines that ping prints. One thread uses it.
final class Lines {
  private static final int IPV4_HEADER_BYTES = 20;
  private static final int IP_OPTION_BYTES = 40; // as much as the header has room for
  private static final long NANOS_PER_MICRO = 1000;
  private static final Duration NAME_PATIENCE = Duration.ofSeconds(10);

  /// Where `time=` has fewer decimals, in microseconds.
  private static final long TWO_DECIMALS = 1000;

  private static final long ONE_DECIMAL = 10_000 - 5;
  private static final long NO_DECIMALS = 100_000 - 50;

  private final Output out;
  private final Messages messages;
  private final LineOptions options;
  private final Destination destination;
  private final Origin origin;
  private final HostNames names;
  private final boolean isNamed;
  private final boolean isFlood;
  private int replyBytes;
  private int identifier;
  private int optionBytes;
  private boolean isTimeRecorded;
  private final RecordLines records = new RecordLines(this::label);
  private final StringBuilder text = new StringBuilder(128);

  Lines(
      Output out, Messages messages, LineOptions options, Destination destination, Origin origin) {
    this.out = out;
    this.messages = messages;
    this.options = options;
    this.destination = destination;
    this.origin = origin;
    isFlood = options.isFlood;
    isNamed = options.isLookedUp || !(options.isNumeric || isFlood || destination.isNumeric());
    names = new HostNames(isNamed);
  }

  /// The line before the first, about what the payload is filled with.
  void pattern(byte[] pattern) {
    if (!options.isQuiet) {
      text.setLength(0);
      out.line(text.append("PATTERN: 0x").append(HexFormat.of().formatHex(pattern)));
    }
  }

  /// The first line.
  void header(ProbeOptions probes) throws InterruptedException {
    int payloadBytes = probes.payloadBytes();
    identifier = probes.identifier();
    boolean isIpv6 = destination.address().isIpv6();
    text.setLength(0);
    text.append("PING ").append(destination.name()).append(isIpv6 ? "(" : " (");
    text.append(isIpv6 ? label(destination.address()) : origin.target()).append(") ");
    if (isIpv6 && probes.flowLabel() >= 0) {
      text.append(", flow 0x")
          .append(HexFormat.of().toHexDigits(probes.flowLabel(), 5))
          .append(", ");
    }
    origin.appendFrom(text);
    text.append(payloadBytes);
    replyBytes = payloadBytes + IcmpHeader.BYTES;
    if (isIpv6) {
      text.append(" data bytes");
    } else {
      isTimeRecorded = probes.recording().hasTimes();
      optionBytes = probes.recording().equals(Recording.NONE) ? 0 : IP_OPTION_BYTES;
      int packetBytes = payloadBytes + IcmpHeader.BYTES + IPV4_HEADER_BYTES + optionBytes;
      text.append('(').append(packetBytes).append(") bytes of data.");
    }
    out.line(text);
  }

  /// An address with the name that it has, and with the interface that it needs.
  private String label(IpAddress address) throws InterruptedException {
    String number = address.toString() + origin.scopeOf(address);
    if (!isNamed) {
      return number;
    }
    String name = names.await(address, NAME_PATIENCE);
    return name.equals(address.toString()) ? number : name + " (" + number + ")";
  }

  /// A probe was sent.
  void sent() {
    if (isFlood && !options.isQuiet) {
      text.setLength(0);
      out.text(text.append('.'));
    }
  }

  /// What an answer that brought a payload back is like.
  enum Kind {
    REPLY,
    DUPLICATE,
    ELSEWHERE,
    BAD_CHECKSUM,
    WRONG_DATA,
    TRUNCATED
  }

  /// An answer that brought a payload back.
  ///
  /// @param micros its round-trip time; negative if none can be measured
  void reply(long sequence, PingOutcome.Answered answer, Kind kind, long micros)
      throws InterruptedException {
    if (options.isQuiet) {
      return;
    }
    text.setLength(0);
    if (isFlood) {
      out.text(text.append(kind == Kind.BAD_CHECKSUM ? "\bC" : "\b \b"));
      bell();
      return;
    }
    begin(answer);
    text.append(bytes(answer)).append(" bytes from ").append(label(answer.from()));
    text.append(": icmp_seq=").append(sequence & 0xffff);
    if (options.isVerbose) {
      text.append(" ident=").append(identifier);
    }
    if (answer.hopLimit() > 0) {
      text.append(" ttl=").append(answer.hopLimit());
    }
    if (kind == Kind.TRUNCATED) {
      text.append(" (truncated)");
      out.line(text);
      return;
    }
    if (micros >= 0) {
      time(micros);
    }
    text.append(
        switch (kind) {
          case DUPLICATE -> origin.isToMany() && !options.isVerbose ? "" : " (DUP!)";
          case ELSEWHERE -> origin.isToMany() ? "" : " (DIFFERENT ADDRESS!)";
          case BAD_CHECKSUM -> " (BAD CHECKSUM!)";
          case WRONG_DATA -> " (WRONG DATA!)";
          case REPLY, TRUNCATED -> "";
        });
    if (options.isAudible) {
      text.append('\u0007');
    }
    records.append(text, answer.arrival().recorded(), isTimeRecorded);
    out.line(text);
  }

  /// Header and payload.
  private int bytes(PingOutcome.Answered answer) {
    return answer instanceof PingOutcome.Corrupted damaged
        ? damaged.payloadBytes() + IcmpHeader.BYTES
        : replyBytes;
  }

  private void begin(PingOutcome answer) {
    if (options.isStamped) {
      Figures.stamp(text, answer.epochNanos());
    }
  }

  private void bell() {
    if (options.isAudible) {
      text.setLength(0);
      out.text(text.append('\u0007'));
    }
  }

  private void time(long micros) {
    text.append(" time=");
    if (options.isPrecise || micros < TWO_DECIMALS) {
      decimal(micros);
    } else if (micros >= NO_DECIMALS) {
      text.append((micros + 500) / 1000);
    } else if (micros >= ONE_DECIMAL) {
      text.append((micros + 50) / 1000).append('.').append((micros + 50) % 1000 / 100);
    } else {
      long hundredths = (micros + 5) / 10;
      text.append(hundredths / 100).append('.');
      text.append(hundredths % 100 / 10).append(hundredths % 10);
    }
    text.append(" ms");
  }

  /// Milliseconds with three decimals.
  private StringBuilder decimal(long micros) {
    return Figures.fixedMillis(text, micros * NANOS_PER_MICRO);
  }

  /// An ICMP error; or a redirect or source quench, which do not count as errors.
  void refusal(long sequence, PingOutcome.Refusal refusal) throws InterruptedException {
    boolean isError = !(refusal instanceof PingOutcome.Notice);
    if (options.isQuiet || (isFlood && !isError)) {
      return;
    }
    text.setLength(0);
    if (isFlood) {
      out.text(text.append("\bE"));
      return;
    }
    begin(refusal);
    text.append("From ").append(label(refusal.from())).append(isError ? "" : ":");
    text.append(" icmp_seq=").append(sequence & 0xffff).append(' ');
    if (destination.address().isIpv6()) {
      text.append(Icmpv6Type.description(refusal.type(), refusal.code()));
      if (refusal.mtu() > 0) {
        text.append(": mtu=").append(refusal.mtu());
      }
    } else {
      text.append(IcmpType.description(refusal.type(), refusal.code()));
      if (refusal.mtu() > 0) {
        text.append(" (mtu = ").append(refusal.mtu()).append(')');
      }
    }
    out.line(text);
  }

  /// A probe that the kernel did not take.
  void unsent(Errno errno) {
    if (options.isQuiet) {
      return;
    }
    if (isFlood) {
      text.setLength(0);
      out.text(text.append('E'));
    } else if (errno.equals(Errno.EMSGSIZE)) {
      messages.print(
          "local error: message too long, mtu"
              + (destination.address().isIpv6() ? ": " : "=")
              + Math.max(0, origin.mtu() - optionBytes));
    } else {
      messages.print("sendmsg: " + Origin.text(errno));
    }
  }

  /// A probe of which this machine may have dropped the answer, which is no loss of the network.
  void dropped(long sequence) {
    messages.print("this machine had no room for the answer to icmp_seq=" + (sequence & 0xffff));
  }

  /// The probe sent last has no answer yet.
  void outstanding(long sequence) {
    if (!options.isOutstanding) {
      return;
    }
    text.setLength(0);
    if (options.isStamped) {
      Figures.stamp(text, Times.epochNanos());
    }
    out.line(text.append("no answer yet for icmp_seq=").append(sequence & 0xffff));
  }

  /// The summary.
  ///
  /// @param nanos from the first probe to the last
  /// @param isPaced whether answers set the pace, so that times between probes are of interest
  void summary(Statistics counts, boolean isTimed, long nanos, boolean isPaced) {
    text.setLength(0);
    text.append("\n--- ").append(destination.name()).append(" ping statistics ---\n");
    text.append(counts.transmitted()).append(" packets transmitted, ");
    text.append(counts.replies()).append(" received");
    part(counts.duplicates(), " duplicates");
    part(counts.corrupted(), " corrupted");
    part(counts.errors(), " errors");
    if (counts.transmitted() > 0) {
      Figures.percent(text.append(", "), counts.loss()).append(" packet loss, time ");
      text.append((nanos + 500_000) / 1_000_000).append("ms");
    }
    text.append('\n');
    String comma = "";
    if (counts.replies() > 0 && isTimed) {
      text.append("rtt min/avg/max/mdev = ");
      decimal(counts.min()).append('/');
      decimal(counts.average()).append('/');
      decimal(counts.max()).append('/');
      decimal(counts.deviation()).append(" ms");
      comma = ", ";
    }
    if (counts.pipe() > 1) {
      text.append(comma).append("pipe ").append(counts.pipe());
      comma = ", ";
    }
    if (counts.replies() > 0 && (isPaced || isFlood) && counts.transmitted() > 1) {
      text.append(comma).append("ipg/ewma ");
      decimal(nanos / NANOS_PER_MICRO / (counts.transmitted() - 1)).append('/');
      decimal(counts.smoothed()).append(" ms");
    }
    out.line(text);
  }

  private void part(long count, String name) {
    if (count > 0) {
      text.append(", +").append(count).append(name);
    }
  }

  /// How far the run is, on standard error.
  void status(Statistics counts, boolean isTimed) {
    text.setLength(0);
    text.append(counts.replies()).append('/').append(counts.transmitted());
    text.append(" packets, ").append((long) (counts.loss() * 100)).append("% loss");
    if (counts.replies() > 0 && isTimed) {
      text.append(", min/avg/ewma/max = ");
      decimal(counts.min()).append('/');
      decimal(counts.average()).append('/');
      decimal(counts.smoothed()).append('/');
      decimal(counts.max()).append(" ms");
    }
    messages.lineOver(text.toString());
  }
}
