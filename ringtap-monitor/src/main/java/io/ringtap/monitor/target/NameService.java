package io.ringtap.monitor.target;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.packet.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns names into addresses. Any number of threads ask at the same time, and wait for the answer.
interface NameService {
  /// The addresses of a name.
  ///
  /// @param host as it was configured
  /// @param family which addresses are wanted
  /// @param known the address that the name had so far; null if none. Where only one of two
  ///   families could be asked for, it tells whether that is enough
  /// @throws NameFailure if there are none, or nobody could be asked
  /// @throws InterruptedException if the calling thread is interrupted meanwhile
  Answer find(String host, AddressFamily family, @Nullable IpAddress known)
      throws NameFailure, InterruptedException;

  /// What a name stands for.
  ///
  /// @param addresses at least one, those to be preferred first
  /// @param ttlSeconds how long this may be relied on
  record Answer(List<IpAddress> addresses, long ttlSeconds) {}

  /// A name has no address, or nobody could be asked. The message is for people, without the name.
  final class NameFailure extends Exception {
    private static final long serialVersionUID = 1L;

    NameFailure(String why) {
      super(why);
    }
  }
}
