package io.ringtap.monitor.event.delivery;

import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.event.EventJson;
import io.ringtap.monitor.target.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Runs a command once an event, without a shell: the event is in its environment (`RINGTAP_KIND`
/// and others) and as JSON on its standard input. What it writes goes into the log, as one line. It
/// is not run again if it fails, as nobody knows what it has done.
final class CommandSender implements Sender {
  private static final System.Logger LOG = System.getLogger("io.ringtap.monitor.event");
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MOST_OUTPUT = 4096;
  private static final int POLL_MILLIS = 20;

  private final List<String> words;
  private final Duration limit;

  /// @param words the program and its arguments
  /// @param limit how long it may run; then it is killed
  CommandSender(List<String> words, Duration limit) {
    this.words = words;
    this.limit = limit;
  }

  @Override
  public Receipt send(List<Event> events) throws InterruptedException {
    Receipt last = new Receipt.Delivered();
    for (Event event : events) {
      last = run(event);
    }
    return last;
  }

  private Receipt run(Event event) throws InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    environment(event, builder.environment());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return new Receipt.Refused(OneLine.of(String.valueOf(e.getMessage())));
    }
    try {
      give(process, json(event));
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      if (!awaitEnd(process, output)) {
        return new Receipt.Refused("ran longer than " + limit.toMillis() + " ms and was killed");
      }
      String said = OneLine.of(output.toString(StandardCharsets.UTF_8));
      if (!said.isEmpty()) {
        LOG.log(Level.INFO, words.getFirst() + ": " + said);
      }
      int status = process.exitValue();
      return status == 0
          ? new Receipt.Delivered()
          : new Receipt.Refused("ended with status " + status);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /// Reads what a process writes until it ends. Never waits for output: a child that it leaves
  /// behind may hold that open for days.
  ///
  /// @return false if it has not ended within the limit
  private boolean awaitEnd(Process process, ByteArrayOutputStream output)
      throws InterruptedException {
    long start = System.nanoTime();
    while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      drain(process.getInputStream(), output);
      if (System.nanoTime() - start > limit.toNanos()) {
        return false;
      }
    }
    drain(process.getInputStream(), output);
    return true;
  }

  /// Keeps the first of what there is to read, and drops the rest.
  private static void drain(InputStream stream, ByteArrayOutputStream output) {
    byte[] buffer = new byte[MOST_OUTPUT];
    try {
      while (stream.available() > 0) {
        int read = stream.read(buffer, 0, Math.min(stream.available(), buffer.length));
        output.write(buffer, 0, Math.clamp(read, 0, MOST_OUTPUT - output.size()));
      }
    } catch (IOException _) {
      // the process has closed it
    }
  }

  private static void give(Process process, byte[] json) {
    try (OutputStream input = process.getOutputStream()) {
      input.write(json);
    } catch (IOException _) {
      // it did not read what it was given, which is its own affair
    }
  }

  private static byte[] json(Event event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      EventJson.write(json, event);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private static void environment(Event event, Map<String, String> environment) {
    Target target = event.target();
    environment.put("RINGTAP_TARGET", OneLine.of(target.key().toString()));
    environment.put("RINGTAP_GROUP", OneLine.of(target.key().group()));
    environment.put("RINGTAP_HOST", OneLine.of(target.key().host()));
    environment.put("RINGTAP_NAME", OneLine.of(target.name()));
    environment.put("RINGTAP_KIND", event.kind().word());
    environment.put("RINGTAP_STATE", EventJson.state(event));
    environment.put("RINGTAP_SINCE", EventJson.time(event.sinceNanos()));
    environment.put("RINGTAP_TIME", EventJson.time(event.epochNanos()));
    environment.put("RINGTAP_DETAIL", OneLine.of(event.detail()));
    if (target.key().site() != null) {
      environment.put("RINGTAP_SITE", OneLine.of(target.key().site()));
    }
    if (event.seenBy() != null) {
      environment.put("RINGTAP_SITES", OneLine.of(event.seenBy().text()));
    }
  }
}
