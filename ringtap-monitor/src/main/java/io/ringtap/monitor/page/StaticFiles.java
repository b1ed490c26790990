package io.ringtap.monitor.page;

import io.ringtap.monitor.web.WebExchange;
import io.ringtap.monitor.web.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;

/// The page's own files. Only those of the list are served.
final class StaticFiles {
  private static final String INDEX = "index.html";

  private static final List<String> FILES =
      List.of(
          INDEX,
          "icon.svg",
          "page.css",
          "main.js",
          "api.js",
          "colours.js",
          "events.js",
          "format.js",
          "grid.js",
          "model.js",
          "overview.js",
          "shapes.js",
          "siteparts.js",
          "sites.js",
          "smoke.js",
          "target.js",
          "trace.js",
          "uplot/uPlot.iife.min.js",
          "uplot/uPlot.min.css",
          "uplot/LICENSE");

  private StaticFiles() {}

  static void serve(WebServer web) {
    for (String name : FILES) {
      File file = File.load(name);
      web.route("GET", "/" + name, file::answer);
      if (name.equals(INDEX)) {
        web.route("GET", "/", file::answer);
      }
    }
  }

  private record File(String type, String tag, Content content) {
    static File load(String name) {
      try (InputStream in =
          Objects.requireNonNull(StaticFiles.class.getResourceAsStream(name), name)) {
        byte[] bytes = in.readAllBytes();
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return new File(type(name), "\"" + Long.toHexString(sum.getValue()) + "\"", () -> bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String type(String name) {
      return switch (name.substring(name.lastIndexOf('.') + 1)) {
        case "html" -> "text/html; charset=utf-8";
        case "css" -> "text/css; charset=utf-8";
        case "js" -> "text/javascript; charset=utf-8";
        case "svg" -> "image/svg+xml";
        default -> "text/plain; charset=utf-8";
      };
    }

    void answer(WebExchange exchange) throws IOException {
      // Asked for anew each time, so that a newer version is seen at once; sent only if it is one.
      exchange.setHeader("Cache-Control", "no-cache");
      exchange.setHeader("ETag", tag);
      if (tag.equals(exchange.header("If-None-Match"))) {
        exchange.empty(304);
        return;
      }
      exchange.bytes(200, type, content.bytes());
    }
  }

  @FunctionalInterface
  private interface Content {
    byte[] bytes();
  }
}
