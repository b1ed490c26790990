package io.ringtap.monitor.event.delivery;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Posts JSON to one address. Redirects are not followed: where alerts go is what was configured.
final class HttpPost {
  private static final int TOO_MANY_REQUESTS = 429;

  private final HttpClient client;
  private final HttpRequest.Builder request;
  private final Duration timeout;

  /// @param uri http or https; user and password in it go as basic authentication
  /// @param timeout from the request to the end of the answer
  HttpPost(HttpClient client, URI uri, Duration timeout) {
    this.client = client;
    this.timeout = timeout;
    request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .header("User-Agent", "ringtap");
    if (uri.getUserInfo() != null) {
      byte[] user = uri.getUserInfo().getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(user));
    }
  }

  /// One client for all addresses.
  static HttpClient newClient() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(Duration.ofSeconds(5))
        .build();
  }

  /// An address as it may be shown: without user and password.
  static String shown(URI uri) {
    String text = uri.toString();
    return uri.getRawUserInfo() == null ? text : text.replace(uri.getRawUserInfo() + "@", "");
  }

  Receipt send(byte[] json) throws InterruptedException {
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(
            request.copy().POST(BodyPublishers.ofByteArray(json)).build(),
            BodyHandlers.discarding());
    try {
      return receipt(answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException _) {
      return new Receipt.Failed("no answer in " + timeout.toMillis() + " ms");
    } catch (ExecutionException e) {
      return new Receipt.Failed(OneLine.of(reason(e)));
    } finally {
      answer.cancel(true);
    }
  }

  private static String reason(ExecutionException e) {
    Throwable cause = e.getCause();
    if (cause instanceof ConnectException) { // mostly without a message
      return "cannot connect";
    }
    return cause instanceof IOException && cause.getMessage() != null
        ? cause.getMessage()
        : String.valueOf(cause);
  }

  private static Receipt receipt(HttpResponse<Void> response) {
    int status = response.statusCode();
    if (status / 100 == 2) {
      return new Receipt.Delivered();
    }
    if (status / 100 == 5 || status == TOO_MANY_REQUESTS) {
      return new Receipt.Failed("answered " + status);
    }
    String to = response.headers().firstValue("Location").map(OneLine::of).orElse("");
    return new Receipt.Refused(
        "answered " + status + (to.isEmpty() ? "" : ", a redirect to " + to + " (not followed)"));
  }
}
