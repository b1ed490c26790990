package io.ringtap.monitor.target;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// A server that lists targets as Prometheus' `http_sd` has it. As long as it does not answer as it
/// should, what it listed last stays.
final class HttpSource implements SourceReader {
  private static final int MOST_BYTES = 64 << 20;
  private static final Pattern JSON =
      Pattern.compile("application/json(\\s*;\\s*charset\\s*=\\s*\"?utf-?8\"?)?\\s*");

  private final URI uri;
  private final Duration refresh;
  private final Duration patience;
  private final String name;
  private List<Listed> listed = List.of();

  /// @param refresh how often it is asked
  /// @param patience how long an answer may take as a whole
  HttpSource(URI uri, Duration refresh, Duration patience) {
    this.uri = uri;
    this.refresh = refresh;
    this.patience = patience;
    this.name = nameOf(uri);
  }

  /// An address as it is shown: without a password that may be in it.
  static String nameOf(URI uri) {
    String user = uri.getRawUserInfo();
    return user == null ? uri.toString() : uri.toString().replace(user + "@", "");
  }

  @Override
  public Reading read(boolean isForced) throws InterruptedException {
    try {
      listed = SdFormat.readJson(name, fetch());
      return new Reading(listed, List.of(), 0);
    } catch (SourceProblem e) {
      return new Reading(listed, List.of(String.valueOf(e.getMessage())), 1);
    }
  }

  private byte[] fetch() throws SourceProblem, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Accept", "application/json")
            .header("User-Agent", "ringtap")
            .header("X-Prometheus-Refresh-Interval-Seconds", Long.toString(refresh.toSeconds()))
            .build();
    // A client of its own for each request leaves nothing open between them.
    HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    try {
      HttpResponse<byte[]> response =
          client
              .sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES))
              .get(patience.toNanos(), TimeUnit.NANOSECONDS);
      requireJson(response);
      return response.body();
    } catch (TimeoutException e) {
      throw new SourceProblem(name + ": no answer within " + patience.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new SourceProblem(name + ": " + reason(e));
    } finally {
      client.shutdownNow();
    }
  }

  private void requireJson(HttpResponse<byte[]> response) throws SourceProblem {
    if (response.statusCode() != 200) {
      throw new SourceProblem(name + ": status " + response.statusCode());
    }
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (!JSON.matcher(type.toLowerCase(Locale.ROOT)).matches()) {
      throw new SourceProblem(name + ": not application/json in UTF-8");
    }
  }

  private static String reason(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    if (cause instanceof ConnectException) {
      return "no connection";
    }
    String message = cause instanceof IOException ? cause.getMessage() : cause.toString();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.replaceAll("\\p{Cntrl}", "?");
  }
}
