package io.ringtap.monitor.target;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.ringtap.monitor.target.SourceReader.Reading;
import io.ringtap.monitor.web.HttpLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpSourceTest {
  private static final String ONE = "[{\"targets\": [\"10.0.0.1\"], \"labels\": {\"a\": \"b\"}}]";

  private final CountDownLatch ended = new CountDownLatch(1);
  private HttpServer server;
  private URI uri;
  private volatile int status = 200;
  private volatile String type = "application/json; charset=utf-8";
  private volatile String body = ONE;
  private volatile boolean isSilent;

  @BeforeEach
  void serve() throws IOException {
    HttpLimits.set(); // which count for all servers of the process, from the first on
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", type);
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length + (isSilent ? 1 : 0));
          exchange.getResponseBody().write(bytes);
          if (isSilent) {
            try {
              ended.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
          exchange.close();
        });
    server.start();
    uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/targets");
  }

  @AfterEach
  void stop() {
    ended.countDown();
    server.stop(0);
  }

  private HttpSource source(Duration patience) {
    return new HttpSource(uri, Duration.ofMinutes(1), patience);
  }

  @Test
  void readsWhatTheServerLists() throws InterruptedException {
    Reading reading = source(Duration.ofSeconds(30)).read(false);

    assertThat(reading.problems()).isEmpty();
    assertThat(reading.listed()).hasSize(1);
    assertThat(reading.listed().getFirst().labels()).containsEntry("a", "b");
  }

  @ParameterizedTest
  @CsvSource({
    "500, application/json, [], : status 500",
    "404, application/json, [], : status 404",
    "200, text/html, [], : not application/json in UTF-8",
    "200, application/json; charset=iso-8859-1, [], : not application/json in UTF-8",
    "200, application/json, {}, : no list of groups"
  })
  void keepsTheLastGoodListWhenTheServerFails(
      int badStatus, String badType, String badBody, String problem) throws InterruptedException {
    HttpSource source = source(Duration.ofSeconds(30));
    source.read(false);
    status = badStatus;
    type = badType;
    body = badBody;

    Reading reading = source.read(false);

    assertThat(reading.listed()).hasSize(1);
    assertThat(reading.problems()).hasSize(1).first().asString().startsWith(uri + problem);
    assertThat(reading.failures()).isEqualTo(1);
  }

  @Test
  void doesNotWaitForAServerThatDoesNotFinish() throws InterruptedException {
    isSilent = true;

    Reading reading = source(Duration.ofMillis(300)).read(false);

    assertThat(reading.problems()).hasSize(1).first().asString().contains("no answer within");
  }

  @Test
  void saysThatNobodyIsThere() throws InterruptedException {
    server.stop(0);

    Reading reading = source(Duration.ofSeconds(30)).read(false);

    assertThat(reading.problems()).containsExactly(uri + ": no connection");
  }
}
