package io.ringtap.monitor;

import io.ringtap.monitor.web.WebException;
import io.ringtap.monitor.web.WebExchange;
import io.ringtap.monitor.web.WebHandler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// `POST /-/reload`: reads the configuration again, and says what is wrong with it.
///
/// @param reloader null if the configuration is not in a file
record ReloadHandler(@Nullable Reloader reloader) implements WebHandler {
  @Override
  public void handle(WebExchange exchange) throws IOException {
    if (reloader == null) {
      throw WebException.badRequest("the monitor was started without a configuration file");
    }
    ReloadStatus status = reloader.reload();
    if (status.isOk()) {
      exchange.text(200, "the configuration was read again and taken\n");
    } else {
      exchange.text(400, String.join("\n", status.mistakes()) + "\n");
    }
  }
}
