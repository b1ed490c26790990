package io.ringtap.cli.source;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.savefile.SavefileCompression;
import io.ringtap.savefile.SavefileFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The form of a savefile that is written: what the options say, or else its name.
public final class SavefileForm {
  private static final String GZIP_ENDING = ".gz";
  private static final String PCAP_ENDING = ".pcap";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "pcap, nanopcap (pcap with nanoseconds) or pcapng. Default: pcap where the file's name"
              + " ends in .pcap, else pcapng.")
  private @Nullable String format;

  @Option(
      names = "--compress",
      paramLabel = "HOW",
      description = "gzip or none. Default: gzip where the file's name ends in .gz.")
  private @Nullable String compress;

  /// Refuses the options where no file is written.
  public void refuse(String reason) throws BadArgument {
    if (format != null || compress != null) {
      throw new BadArgument((format != null ? "--format" : "--compress") + reason);
    }
  }

  /// The format of the file.
  ///
  /// @param file its name
  /// @param isNanos whether pcap is to have nanoseconds in any case
  public SavefileFormat format(String file, boolean isNanos) throws BadArgument {
    SavefileFormat pcap = isNanos ? SavefileFormat.PCAP_NANOS : SavefileFormat.PCAP_MICROS;
    return switch (format) {
      case null -> {
        String name = file.toLowerCase(Locale.ROOT);
        boolean isPcap = name.endsWith(PCAP_ENDING) || name.endsWith(PCAP_ENDING + GZIP_ENDING);
        yield isPcap ? pcap : SavefileFormat.PCAPNG;
      }
      case "pcap" -> pcap;
      case "nanopcap" -> SavefileFormat.PCAP_NANOS;
      case "pcapng" -> SavefileFormat.PCAPNG;
      default -> throw new BadArgument("--format '" + format + "' is not pcap, nanopcap or pcapng");
    };
  }

  /// The compression of the file.
  ///
  /// @param file its name
  public SavefileCompression compression(String file) throws BadArgument {
    return switch (compress) {
      case null ->
          file.toLowerCase(Locale.ROOT).endsWith(GZIP_ENDING)
              ? SavefileCompression.GZIP
              : SavefileCompression.NONE;
      case "gzip" -> SavefileCompression.GZIP;
      case "none" -> SavefileCompression.NONE;
      default -> throw new BadArgument("--compress '" + compress + "' is not gzip or none");
    };
  }
}
