package io.ringtap.examples;

import io.ringtap.filter.PacketFilter;
import io.ringtap.savefile.SavefileReader;
import java.io.IOException;
import java.nio.file.Path;

/// Counts the frames of a savefile that match an expression, whatever their link types:
/// `FilterSavefile web.pcapng 'tcp port 80'`.
public final class FilterSavefile {
  private FilterSavefile() {}

  public static void main(String[] arguments) throws IOException {
    // @start region="program"
    PacketFilter filter = PacketFilter.of(arguments[1]);
    long frames = 0;
    long matching = 0;

    try (SavefileReader reader = SavefileReader.open(Path.of(arguments[0]))) {
      while (reader.next()) {
        frames++;
        matching += filter.matches(reader) ? 1 : 0;
      }
    }

    IO.println("%d of %d frames match".formatted(matching, frames));
    // @end
  }
}
