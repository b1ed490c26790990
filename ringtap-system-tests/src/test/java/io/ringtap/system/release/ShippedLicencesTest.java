package io.ringtap.system.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// That each jar beside the command is in its bill of materials, and in `THIRD-PARTY.md` with the
/// licence that it is under.
class ShippedLicencesTest {
  private static final Path BILL = Path.of("../ringtap-cli/target/bom.json");
  private static final Pattern ROW = Pattern.compile("\\| (\\S+:\\S+) \\| (\\S+) \\|.*");

  /// For the compiler only.
  private static final String NOT_SHIPPED = "org.jspecify:jspecify";

  @Test
  void areListedWithTheLicenceOfEachLibrary() throws IOException {
    Map<String, String> listed = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("../THIRD-PARTY.md"))) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        listed.put(row.group(1), row.group(2));
      }
    }

    Map<String, String> shipped = new TreeMap<>();
    for (JsonNode component : components()) {
      if (!component.path("group").asString().equals("io.ringtap")) {
        shipped.put(name(component), licence(component));
      }
    }
    assertThat(listed).isEqualTo(shipped);
  }

  @Test
  void areOfTheJarsThatTheCommandComesWith() throws IOException {
    List<String> jars = new ArrayList<>();
    for (String module : List.of("ringtap-cli", "ringtap-monitor", "ringtap-fleet")) {
      try (Stream<Path> files = Files.list(Path.of("..", module, "target/dist/lib"))) {
        files.map(file -> file.getFileName().toString()).forEach(jars::add);
      }
    }

    // The own jars of the monitor and the fleet are not copied to where the libraries are.
    assertThat(components())
        .extracting(ShippedLicencesTest::jar)
        .filteredOn(jar -> !jar.matches("ringtap-(monitor|fleet)-.*"))
        .containsExactlyInAnyOrderElementsOf(jars);
  }

  private static List<JsonNode> components() {
    Requirement.check(Files.exists(BILL), "mvn verify makes the bill of materials before");
    JsonNode bill = new ObjectMapper().readTree(BILL.toFile());
    List<JsonNode> components = new ArrayList<>();
    for (JsonNode component : bill.path("components")) {
      if (!name(component).equals(NOT_SHIPPED)) {
        components.add(component);
      }
    }
    return components;
  }

  private static String name(JsonNode component) {
    return component.path("group").asString() + ":" + component.path("name").asString();
  }

  private static String jar(JsonNode component) {
    return component.path("name").asString() + "-" + component.path("version").asString() + ".jar";
  }

  private static String licence(JsonNode component) {
    return component.path("licenses").path(0).path("license").path("id").asString();
  }
}
