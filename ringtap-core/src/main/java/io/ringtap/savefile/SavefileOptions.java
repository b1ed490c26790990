package io.ringtap.savefile;

import java.nio.channels.FileChannel;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How savefiles are written.
///
/// @param format the format
/// @param interfaces the interfaces that packets name by their place here
/// @param comment what to say of each file; null for nothing. pcap has no place for it
/// @param rotation when the next file begins
/// @param zone in which the time in files' names is written
/// @param compression what packs the files
/// @param opener opens the files
/// @param statistics asked at the end of each file for what to say of the interfaces' counters;
///   pcap has no place for it
public record SavefileOptions(
    SavefileFormat format,
    List<SavefileInterface> interfaces,
    @Nullable String comment,
    Rotation rotation,
    ZoneId zone,
    SavefileCompression compression,
    SavefileOpener opener,
    Supplier<List<SavefileInterfaceStatistics>> statistics) {

  /// Keeps a copy of the list.
  public SavefileOptions {
    interfaces = List.copyOf(interfaces);
  }

  /// One plain file of `format`.
  public static SavefileOptions of(SavefileFormat format, List<SavefileInterface> interfaces) {
    return new SavefileOptions(
        format,
        interfaces,
        null,
        Rotation.NONE,
        ZoneId.systemDefault(),
        SavefileCompression.NONE,
        FileChannel::open,
        List::of);
  }

  /// These, with that comment.
  public SavefileOptions withComment(@Nullable String comment) {
    return new SavefileOptions(
        format, interfaces, comment, rotation, zone, compression, opener, statistics);
  }

  /// These, with that rotation.
  public SavefileOptions withRotation(Rotation rotation) {
    return new SavefileOptions(
        format, interfaces, comment, rotation, zone, compression, opener, statistics);
  }

  /// These, with names in the time of that zone.
  public SavefileOptions withZone(ZoneId zone) {
    return new SavefileOptions(
        format, interfaces, comment, rotation, zone, compression, opener, statistics);
  }

  /// These, with that compression.
  public SavefileOptions withCompression(SavefileCompression compression) {
    return new SavefileOptions(
        format, interfaces, comment, rotation, zone, compression, opener, statistics);
  }

  /// These, with files opened by `opener`.
  public SavefileOptions withOpener(SavefileOpener opener) {
    return new SavefileOptions(
        format, interfaces, comment, rotation, zone, compression, opener, statistics);
  }

  /// These, with that source of statistics.
  public SavefileOptions withStatistics(Supplier<List<SavefileInterfaceStatistics>> statistics) {
    return new SavefileOptions(
        format, interfaces, comment, rotation, zone, compression, opener, statistics);
  }
}
