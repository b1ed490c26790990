package io.ringtap.target;

import io.ringtap.packet.IpAddress;
import org.jspecify.annotations.Nullable;

/// The targets that one word of the user's names, not yet resolved or expanded.
public sealed interface TargetSpec {
  /// A name that a name service must turn into addresses.
  record Name(String name) implements TargetSpec {}

  /// All addresses from `first` to `last`.
  ///
  /// @param scopeId the interface index of link-local addresses, or [TargetParser#ANY_SCOPE] if
  ///   that is the parser's; else 0
  /// @param written how the user wrote it, where it is a single address in other words than its
  ///   canonical text
  record Range(IpAddress first, IpAddress last, int scopeId, @Nullable String written)
      implements TargetSpec {}

  /// How many targets this asks for, a name counting as one; `Long.MAX_VALUE` if it is that or
  /// more.
  default long size() {
    return switch (this) {
      case Name _ -> 1;
      case Range(IpAddress first, IpAddress last, _, _) -> {
        long more = last.low() - first.low();
        boolean isHuge = first.high() != last.high() || more < 0 || more == Long.MAX_VALUE;
        yield isHuge ? Long.MAX_VALUE : more + 1;
      }
    };
  }
}
