package io.ringtap.monitor.web;

import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// What is served: handlers by path and method.
final class Routes {
  private final Map<String, Map<String, WebHandler>> byPath = new ConcurrentHashMap<>();

  Routes() {}

  /// What a request goes to.
  ///
  /// @param rest what follows the registered part of the path
  record Match(WebHandler handler, String rest) {}

  void add(String method, String path, WebHandler handler) {
    byPath.computeIfAbsent(path, _ -> new ConcurrentHashMap<>()).put(method, handler);
  }

  /// The handler of a request: that of its very path, else that of the longest part of it that was
  /// registered with a `*`.
  ///
  /// @param path decoded
  /// @throws WebException if there is none: status 404 or 405
  Match find(String method, String path) throws WebException {
    if (!isPlain(path)) {
      throw WebException.notFound("there is no such page");
    }
    Map<String, WebHandler> exact = byPath.get(path);
    if (exact != null) {
      return new Match(ofMethod(exact, method), "");
    }
    for (int end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
      Map<String, WebHandler> under = byPath.get(path.substring(0, end + 1) + "*");
      if (under != null) {
        return new Match(ofMethod(under, method), path.substring(end + 1));
      }
    }
    throw WebException.notFound("there is no such page");
  }

  private static WebHandler ofMethod(Map<String, WebHandler> handlers, String method)
      throws WebException {
    WebHandler handler = handlers.get(method.equals("HEAD") ? "GET" : method);
    if (handler == null) {
      throw new WebException(
          405, "allowed here: " + String.join(", ", new TreeMap<>(handlers).keySet()));
    }
    return handler;
  }

  private static boolean isPlain(String path) {
    if (!path.startsWith("/") || path.chars().anyMatch(c -> c < ' ' || c == 0x7F || c == '\\')) {
      return false;
    }
    ArrayList<String> parts = new ArrayList<>();
    for (int from = 1; from <= path.length(); ) {
      int slash = path.indexOf('/', from);
      int end = slash < 0 ? path.length() : slash;
      parts.add(path.substring(from, end));
      from = end + 1;
    }
    // An empty last part is that of a path that ends in a slash.
    return parts.stream().noneMatch(part -> part.equals(".") || part.equals(".."))
        && parts.stream().limit(Math.max(0, parts.size() - 1L)).noneMatch(String::isEmpty);
  }
}
