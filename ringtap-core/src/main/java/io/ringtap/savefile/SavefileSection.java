package io.ringtap.savefile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a section of a pcapng file says of its making. A pcap file cannot hold it.
///
/// @param comments comments on the section (`opt_comment`)
/// @param hardware the machine, such as the model of its CPU (`shb_hardware`)
/// @param os the operating system (`shb_os`)
/// @param application the program that wrote it (`shb_userappl`)
public record SavefileSection(
    List<String> comments,
    @Nullable String hardware,
    @Nullable String os,
    @Nullable String application) {
  /// Nothing is known.
  public static final SavefileSection NONE = new SavefileSection(List.of(), null, null, null);

  /// What Ringtap writes where nothing else is known.
  public static final SavefileSection OWN = new SavefileSection(List.of(), null, null, "Ringtap");

  /// Copies the list.
  public SavefileSection {
    comments = List.copyOf(comments);
  }

  /// The same, with other comments.
  public SavefileSection withComments(List<String> others) {
    return new SavefileSection(others, hardware, os, application);
  }

  /// The same, made on another machine.
  public SavefileSection withMachine(@Nullable String newHardware, @Nullable String newOs) {
    return new SavefileSection(comments, newHardware, newOs, application);
  }
}
