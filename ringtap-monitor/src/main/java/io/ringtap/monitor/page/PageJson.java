package io.ringtap.monitor.page;

import io.ringtap.monitor.web.WebExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Makes JSON.
final class PageJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private PageJson() {}

  /// What is written, in UTF-8.
  static byte[] bytes(Consumer<JsonGenerator> content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4_096);
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      content.accept(json);
    }
    return bytes.toByteArray();
  }

  static String text(Consumer<JsonGenerator> content) {
    return new String(bytes(content), StandardCharsets.UTF_8);
  }

  /// Answers with what is written.
  static void answer(WebExchange exchange, Consumer<JsonGenerator> content) throws IOException {
    exchange.bytes(200, "application/json", bytes(content));
  }
}
