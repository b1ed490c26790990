package io.ringtap.fleet.broker;

import io.ringtap.fleet.broker.BrokerException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/// The user's properties of Kafka's clients. Passwords may stand there, so no value of it is ever
/// shown.
final class ClientFile {
  private static final Pattern QUOTED = Pattern.compile("[\"']([^\"']+)[\"']");
  private static final String HIDDEN = "[hidden]";

  private final Map<String, String> values;
  private final List<String> secrets;

  private ClientFile(Map<String, String> values) {
    this.values = Map.copyOf(values);
    this.secrets = secrets(values);
  }

  /// No file.
  static ClientFile empty() {
    return new ClientFile(Map.of());
  }

  /// Reads `file` as Kafka's own tools do.
  ///
  /// @throws BrokerException if it cannot be read
  static ClientFile read(Path file) throws BrokerException {
    Properties properties = new Properties();
    try (InputStream input = Files.newInputStream(file)) {
      properties.load(input);
    } catch (NoSuchFileException e) {
      throw new BrokerException(Kind.CONFIGURATION, file + ": no such file", e);
    } catch (AccessDeniedException e) {
      throw new BrokerException(Kind.CONFIGURATION, file + ": permission denied", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new BrokerException(Kind.CONFIGURATION, file + ": " + e.getMessage(), e);
    }
    Map<String, String> values = new HashMap<>();
    for (String key : properties.stringPropertyNames()) {
      values.put(key, properties.getProperty(key).strip());
    }
    return new ClientFile(values);
  }

  Map<String, String> values() {
    return values;
  }

  /// `message` without what might be secret in it.
  String withoutSecrets(String message) {
    String text = message;
    for (String secret : secrets) {
      text = text.replace(secret, HIDDEN);
    }
    return text;
  }

  /// What must not be shown, the longest first: passwords, what stands in quotes in them, and the
  /// values of what no client of Kafka knows.
  private static List<String> secrets(Map<String, String> values) {
    List<String> secrets = new ArrayList<>();
    values.forEach((key, value) -> {
      if (mayBeSecret(key)) {
        secrets.add(value);
        Matcher quoted = QUOTED.matcher(value);
        while (quoted.find()) {
          secrets.add(quoted.group(1));
        }
      }
    });
    secrets.removeIf(String::isBlank);
    secrets.sort(Comparator.comparingInt(String::length).reversed());
    return List.copyOf(secrets);
  }

  private static boolean mayBeSecret(String key) {
    ConfigDef.Type type = null;
    for (ConfigDef known :
        List.of(
            AdminClientConfig.configDef(),
            ConsumerConfig.configDef(),
            ProducerConfig.configDef())) {
      ConfigDef.ConfigKey found = known.configKeys().get(key);
      type = found == null ? type : found.type;
    }
    return type == null || type == ConfigDef.Type.PASSWORD;
  }
}
