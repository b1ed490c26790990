package io.ringtap.lab.profile;

/// Names of C++ functions as the JVM's own library has them, made readable: of the Itanium ABI's
/// encoding the plain names, `_ZN11SymbolTable9do_lookupEPKcim`, become `SymbolTable::do_lookup`.
/// What has templates or operators in it stays as it is.
final class CppName {
  private static final String PREFIX = "_Z";
  private static final String QUALIFIERS = "KVrRO"; // const and such, of a member function

  private CppName() {}

  static String readable(String name) {
    if (!name.startsWith(PREFIX)) {
      return name;
    }
    int at = PREFIX.length();
    boolean isNested = at < name.length() && name.charAt(at) == 'N';
    at += isNested ? 1 : 0;
    while (isNested && at < name.length() && QUALIFIERS.indexOf(name.charAt(at)) >= 0) {
      at++;
    }
    StringBuilder readable = new StringBuilder();
    do {
      int digits = at;
      while (digits < name.length() && Character.isDigit(name.charAt(digits))) {
        digits++;
      }
      if (digits == at || digits - at > 4) {
        return name;
      }
      int end = digits + Integer.parseInt(name, at, digits, 10);
      if (end > name.length()) {
        return name;
      }
      readable.append(readable.isEmpty() ? "" : "::").append(name, digits, end);
      at = end;
    } while (isNested && at < name.length() && name.charAt(at) != 'E');
    return at < name.length() && name.charAt(at) == 'I' ? name : readable.toString();
  }
}
