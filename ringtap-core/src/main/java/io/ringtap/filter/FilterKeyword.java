package io.ringtap.filter;

import io.ringtap.filter.syntax.Vocabulary;
import java.util.List;

/// A keyword of the filter language, for programs that complete what a user types. The names of
/// numbers, such as `tcp-syn`, are none.
///
/// @param word how a filter writes it
/// @param next what a user may write after it
public record FilterKeyword(String word, Next next) {
  /// What may come after a keyword.
  public enum Next {
    /// Another keyword, or nothing.
    KEYWORD,
    /// The name or address of a host.
    HOST,
    /// The name or address of a host, or another keyword.
    HOST_OR_KEYWORD,
    /// A number, a network or a name that cannot be listed.
    VALUE
  }

  /// All keywords, the most usual ones first.
  public static List<FilterKeyword> all() {
    return Vocabulary.keywords().stream()
        .map(word -> new FilterKeyword(word, nextAfter(word)))
        .toList();
  }

  private static Next nextAfter(String word) {
    return switch (word) {
      case "host", "gateway" -> Next.HOST;
      case "src", "dst" -> Next.HOST_OR_KEYWORD;
      case "net", "port", "portrange", "mask", "less", "greater", "len", "length" -> Next.VALUE;
      case "proto", "protochain", "ifindex", "byte", "type", "subtype", "dir", "direction" ->
          Next.VALUE;
      case "addr1", "addr2", "addr3", "addr4", "ra", "ta" -> Next.VALUE;
      default -> Next.KEYWORD;
    };
  }
}
