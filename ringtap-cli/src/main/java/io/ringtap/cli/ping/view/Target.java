package io.ringtap.cli.ping.view;

import io.ringtap.ping.PingRequest;
import io.ringtap.target.Scope;
import org.jspecify.annotations.Nullable;

/// Ties a request to the user's words; it travels as the request's attachment.
public final class Target {
  private final @Nullable String written;
  private final boolean isName;
  private volatile boolean hasEnded;

  private Target(@Nullable String written, boolean isName) {
    this.written = written;
    this.isName = isName;
  }

  /// One of a name's addresses.
  public static Target named(String name) {
    return new Target(name, true);
  }

  /// An address.
  ///
  /// @param written the user's own spelling of it, if that was another
  public static Target numeric(@Nullable String written) {
    return new Target(written, false);
  }

  /// What tells a request from all others. Attachments are compared by identity, so that the same
  /// target twice is two.
  public static Object keyOf(PingRequest request) {
    Object attachment = request.attachment();
    return attachment == null ? request : attachment;
  }

  /// Its summary is shown: what comes after that is not counted in it, and so is not shown.
  public static void end(PingRequest request) {
    if (request.attachment() instanceof Target target) {
      target.hasEnded = true;
    }
  }

  /// Whether its summary is shown.
  public static boolean hasEnded(PingRequest request) {
    return request.attachment() instanceof Target target && target.hasEnded;
  }

  /// What the user called the target of a request: a name, or an address in the user's spelling.
  public static String nameOf(PingRequest request) {
    return request.attachment() instanceof Target target && target.written != null
        ? target.written
        : addressOf(request);
  }

  /// The address that is pinged, with its scope where it needs one.
  public static String addressOf(PingRequest request) {
    return Scope.text(request.target(), request.scopeId());
  }

  /// The target as a line begins with it: the name with its address after it, or the address.
  public static String labelOf(PingRequest request) {
    return request.attachment() instanceof Target target && target.isName
        ? target.written + " (" + addressOf(request) + ")"
        : nameOf(request);
  }
}
