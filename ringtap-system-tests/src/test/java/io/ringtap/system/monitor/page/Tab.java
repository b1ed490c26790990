package io.ringtap.system.monitor.page;

import io.ringtap.testing.Eventually;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/// A page in a browser, as a person uses it: looked at, clicked and typed into.
final class Tab implements AutoCloseable {
  private final Browser browser;
  private final String session;
  private final String target;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  Tab(Browser browser, String session, String target) {
    this.browser = browser;
    this.session = session;
    this.target = target;
  }

  void begin(int width, int height) {
    call("Page.enable", Map.of());
    call("Runtime.enable", Map.of());
    call("Log.enable", Map.of());
    resize(width, height);
  }

  void resize(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  /// Has the page know whether the viewer's system is dark.
  void prefer(String scheme) {
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  void go(String address) {
    call("Page.navigate", Map.of("url", address));
    await("document.readyState === 'complete'");
  }

  /// The value of an expression, which may be a promise.
  JsonNode eval(String script) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(script + ": " + answer.get("exceptionDetails"));
    }
    JsonNode value = answer.get("result").get("value");
    return value == null ? Browser.JSON.nullNode() : value;
  }

  String text(String script) {
    return eval(script).asString();
  }

  /// The text of an element.
  String textOf(String selector) {
    return text("document.querySelector(" + quoted(selector) + ").textContent");
  }

  /// Waits until an expression is true.
  void await(String condition) {
    Eventually.await(condition, () -> eval("Boolean(" + condition + ")").asBoolean());
  }

  /// Presses a key and lets go of it.
  ///
  /// @param key as KeyboardEvent.key has it
  void press(String key) {
    boolean isCharacter = key.length() == 1;
    Map<String, Object> down =
        isCharacter
            ? Map.of("type", "keyDown", "key", key, "text", key)
            : key.equals("Enter")
                ? Map.of("type", "keyDown", "key", key, "text", "\r", "windowsVirtualKeyCode", 13)
                : Map.of("type", "keyDown", "key", key, "windowsVirtualKeyCode", code(key));
    call("Input.dispatchKeyEvent", down);
    call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
  }

  private static int code(String key) {
    return switch (key) {
      case "Tab" -> 9;
      case "Escape" -> 27;
      case "End" -> 35;
      case "Home" -> 36;
      case "ArrowLeft" -> 37;
      case "ArrowUp" -> 38;
      case "ArrowRight" -> 39;
      case "ArrowDown" -> 40;
      default -> throw new IllegalArgumentException(key);
    };
  }

  /// Types into what has the focus.
  void type(String text) {
    text.chars().forEach(c -> press(Character.toString(c)));
  }

  void moveTo(double x, double y) {
    mouse("mouseMoved", x, y);
  }

  void click(double x, double y) {
    mouse("mouseMoved", x, y);
    mouse("mousePressed", x, y);
    mouse("mouseReleased", x, y);
  }

  /// Clicks into the middle of an element.
  void click(String selector) {
    JsonNode middle = middleOf(selector);
    click(middle.get(0).asDouble(), middle.get(1).asDouble());
  }

  private JsonNode middleOf(String selector) {
    return eval(
        "(() => { const element = document.querySelector(%s); element.scrollIntoView({block: 'center'});"
                .formatted(quoted(selector))
            + " const box = element.getBoundingClientRect();"
            + " return [box.x + box.width / 2, box.y + box.height / 2]; })()");
  }

  /// Presses the button at one place and lets go of it at another one.
  void drag(double fromX, double toX, double y) {
    mouse("mouseMoved", fromX, y);
    mouse("mousePressed", fromX, y);
    mouse("mouseMoved", (fromX + toX) / 2, y);
    mouse("mouseMoved", toX, y);
    mouse("mouseReleased", toX, y);
  }

  private void mouse(String type, double x, double y) {
    boolean isMove = type.equals("mouseMoved");
    call(
        "Input.dispatchMouseEvent",
        Map.of("type", type, "x", x, "y", y, "button", isMove ? "none" : "left", "clickCount", 1));
  }

  byte[] screenshot() {
    return Base64.getDecoder()
        .decode(call("Page.captureScreenshot", Map.of("format", "png")).get("data").asString());
  }

  /// What the browser had to complain of: errors in the console, exceptions, what the content
  /// policy refused, what could not be loaded.
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  void hear(String method, JsonNode parameters) {
    switch (method) {
      case "Runtime.exceptionThrown" -> complaints.add(parameters.toString());
      case "Runtime.consoleAPICalled" -> {
        if (parameters.get("type").asString().equals("error")) {
          complaints.add(parameters.toString());
        }
      }
      case "Log.entryAdded" -> {
        if (parameters.get("entry").get("level").asString().equals("error")) {
          complaints.add(parameters.toString());
        }
      }
      default -> {}
    }
  }

  JsonNode call(String method, Map<String, ?> parameters) {
    return browser.call(session, method, parameters);
  }

  private static String quoted(String text) {
    return Browser.JSON.writeValueAsString(text);
  }

  @Override
  public void close() {
    browser.call(null, "Target.closeTarget", Map.of("targetId", target));
  }
}
