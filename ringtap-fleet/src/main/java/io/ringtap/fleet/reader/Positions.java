package io.ringtap.fleet.reader;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Up to where topics have been read: of each partition the offset that comes next. A topic that
/// was deleted and made again is another one.
///
/// @param topics by name
record Positions(Map<String, OfTopic> topics) {
  /// Of one topic.
  ///
  /// @param id of the topic in its cluster
  /// @param next by partition
  record OfTopic(String id, Map<Integer, Long> next) {}

  private static final JsonMapper JSON = new JsonMapper();

  /// The next offset of a partition; -1 if it is not known, or was one of another topic.
  ///
  /// @param id of the topic as it is now
  long next(TopicPartition partition, String id) {
    OfTopic topic = topics.get(partition.topic());
    return topic == null || !topic.id.equals(id)
        ? -1
        : topic.next.getOrDefault(partition.partition(), -1L);
  }

  /// As JSON.
  byte[] bytes() {
    ObjectNode all = JSON.createObjectNode();
    new TreeMap<>(topics)
        .forEach((name, topic) -> {
          ObjectNode node = all.putObject(name);
          node.put("id", topic.id);
          ObjectNode next = node.putObject("next");
          new TreeMap<>(topic.next).forEach((number, offset) -> next.put("" + number, offset));
        });
    return JSON.writeValueAsString(all).getBytes(StandardCharsets.UTF_8);
  }

  /// What [#bytes] gave; nothing of what is something else.
  static Positions read(byte[] bytes) {
    Map<String, OfTopic> topics = new HashMap<>();
    try {
      for (Map.Entry<String, JsonNode> topic : JSON.readTree(bytes).properties()) {
        Map<Integer, Long> next = new HashMap<>();
        for (Map.Entry<String, JsonNode> each : topic.getValue().path("next").properties()) {
          next.put(Integer.valueOf(each.getKey()), each.getValue().asLong(-1));
        }
        topics.put(topic.getKey(), new OfTopic(topic.getValue().path("id").asString(""), next));
      }
    } catch (JacksonException | NumberFormatException e) {
      return new Positions(Map.of());
    }
    return new Positions(topics);
  }
}
