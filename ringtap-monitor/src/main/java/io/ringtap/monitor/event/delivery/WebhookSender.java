package io.ringtap.monitor.event.delivery;

import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.event.EventJson;
import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Posts `{"events": [...]}`, each event as [EventJson] has it, in the order in which they
/// happened. Mostly there is one; when many happen at once they come together.
final class WebhookSender implements Sender {
  private static final JsonFactory JSON = new JsonFactory();

  private final HttpPost post;

  WebhookSender(HttpPost post) {
    this.post = post;
  }

  @Override
  public Receipt send(List<Event> events) throws InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("events");
      events.forEach(event -> EventJson.write(json, event));
      json.writeEndArray();
      json.writeEndObject();
    }
    return post.send(bytes.toByteArray());
  }
}
