package io.ringtap.cli.capture;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.savefile.SavefileReader;
import java.io.IOException;

/// Where the packets of a file go.
interface FilePackets extends AutoCloseable {
  /// Takes the packet that `reader` is at.
  ///
  /// @return false if no more is wanted
  boolean take(SavefileReader reader) throws BadArgument, IOException;

  /// Hands over what has gathered.
  void flush() throws IOException;

  @Override
  void close() throws BadArgument, IOException;
}
