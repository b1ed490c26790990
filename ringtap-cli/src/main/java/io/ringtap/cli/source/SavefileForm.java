package io.ringtap.cli.source;

import io.ringtap.cli.argument.WordConverter;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.savefile.SavefileCompression;
import io.ringtap.savefile.SavefileFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The form of a savefile that is written: what the options say, or else its name.
public final class SavefileForm {
  /// `--format`.
  static final class FormatConverter extends WordConverter<SavefileFormat> {
    FormatConverter() {
      super(
          SavefileFormat.class,
          format ->
              switch (format) {
                case PCAP_MICROS -> "pcap";
                case PCAP_NANOS -> "nanopcap";
                case PCAPNG -> "pcapng";
              });
    }
  }

  enum Packing {
    GZIP,
    NONE
  }

  /// `--compress`.
  static final class PackingConverter extends WordConverter<Packing> {
    PackingConverter() {
      super(Packing.class);
    }
  }

  private static final String GZIP_ENDING = ".gz";
  private static final String PCAP_ENDING = ".pcap";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = FormatConverter.class,
      description =
          "pcap, nanopcap (pcap with nanoseconds) or pcapng. Default: pcap where the file's name"
              + " ends in .pcap, else pcapng.")
  private @Nullable SavefileFormat format;

  @Option(
      names = "--compress",
      paramLabel = "HOW",
      converter = PackingConverter.class,
      description = "gzip or none. Default: gzip where the file's name ends in .gz.")
  private @Nullable Packing packing;

  /// Refuses the options where no file is written.
  public void refuse(String reason) throws BadArgument {
    if (format != null || packing != null) {
      throw new BadArgument((format != null ? "--format" : "--compress") + reason);
    }
  }

  /// The format of the file.
  ///
  /// @param file its name
  /// @param isNanos whether pcap is to have nanoseconds in any case
  public SavefileFormat format(String file, boolean isNanos) {
    SavefileFormat pcap = isNanos ? SavefileFormat.PCAP_NANOS : SavefileFormat.PCAP_MICROS;
    return switch (format) {
      case null -> {
        String name = file.toLowerCase(Locale.ROOT);
        boolean isPcap = name.endsWith(PCAP_ENDING) || name.endsWith(PCAP_ENDING + GZIP_ENDING);
        yield isPcap ? pcap : SavefileFormat.PCAPNG;
      }
      case PCAP_MICROS -> pcap;
      case PCAP_NANOS, PCAPNG -> format;
    };
  }

  /// The compression of the file.
  ///
  /// @param file its name
  public SavefileCompression compression(String file) {
    return switch (packing) {
      case null ->
          file.toLowerCase(Locale.ROOT).endsWith(GZIP_ENDING)
              ? SavefileCompression.GZIP
              : SavefileCompression.NONE;
      case GZIP -> SavefileCompression.GZIP;
      case NONE -> SavefileCompression.NONE;
    };
  }
}
