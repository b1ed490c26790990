package io.ringtap.savefile;

import java.nio.channels.FileChannel;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;

/// How savefiles are written.
///
/// @param format the format
/// @param interfaces the interfaces; packets refer to them by their index here
/// @param section what each file says of its making. pcap cannot hold it
/// @param rotation when the next file begins
/// @param zone the time zone for times in file names
/// @param compression compresses the files
/// @param opener opens the files
/// @param isOneSection whether a copy puts all readers into one section: see [#withOneSection]
/// @param statistics called at the end of each file for the interfaces' counters; pcap cannot hold
///   them
public record SavefileOptions(
    SavefileFormat format,
    List<SavefileInterface> interfaces,
    SavefileSection section,
    Rotation rotation,
    ZoneId zone,
    SavefileCompression compression,
    SavefileOpener opener,
    boolean isOneSection,
    Supplier<List<SavefileInterfaceStatistics>> statistics) {

  /// Copies the list.
  public SavefileOptions {
    interfaces = List.copyOf(interfaces);
  }

  /// One uncompressed file of `format`.
  public static SavefileOptions of(SavefileFormat format, List<SavefileInterface> interfaces) {
    return new SavefileOptions(
        format,
        interfaces,
        SavefileSection.OWN,
        Rotation.NONE,
        ZoneId.systemDefault(),
        SavefileCompression.NONE,
        FileChannel::open,
        false,
        List::of);
  }

  /// The same options for other interfaces.
  public SavefileOptions withInterfaces(List<SavefileInterface> interfaces) {
    return new SavefileOptions(
        format, interfaces, section, rotation, zone, compression, opener, isOneSection, statistics);
  }

  /// The same options with something else said of each file.
  public SavefileOptions withSection(SavefileSection section) {
    return new SavefileOptions(
        format, interfaces, section, rotation, zone, compression, opener, isOneSection, statistics);
  }

  /// The same options with another rotation.
  public SavefileOptions withRotation(Rotation rotation) {
    return new SavefileOptions(
        format, interfaces, section, rotation, zone, compression, opener, isOneSection, statistics);
  }

  /// The same options with another time zone for file names.
  public SavefileOptions withZone(ZoneId zone) {
    return new SavefileOptions(
        format, interfaces, section, rotation, zone, compression, opener, isOneSection, statistics);
  }

  /// The same options with another compression.
  public SavefileOptions withCompression(SavefileCompression compression) {
    return new SavefileOptions(
        format, interfaces, section, rotation, zone, compression, opener, isOneSection, statistics);
  }

  /// The same options with files opened by `opener`.
  public SavefileOptions withOpener(SavefileOpener opener) {
    return new SavefileOptions(
        format, interfaces, section, rotation, zone, compression, opener, isOneSection, statistics);
  }

  /// The same options for a [SavefileCopy] with one section, so that packets of several readers can
  /// stand in any order. It is little-endian, and has no section headers of the readers: what it is
  /// to say of its making is given by [#withSection]. Blocks of unknown types are kept from
  /// little-endian sections only.
  public SavefileOptions withOneSection() {
    return new SavefileOptions(
        format, interfaces, section, rotation, zone, compression, opener, true, statistics);
  }

  /// The same options with another source of statistics.
  public SavefileOptions withStatistics(Supplier<List<SavefileInterfaceStatistics>> statistics) {
    return new SavefileOptions(
        format, interfaces, section, rotation, zone, compression, opener, isOneSection, statistics);
  }
}
