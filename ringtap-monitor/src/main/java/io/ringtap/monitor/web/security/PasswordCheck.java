package io.ringtap.monitor.web.security;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Checks names and passwords of requests (RFC 7617). Any number of threads may use it.
///
/// A password that was right once is known again by a keyed digest, so a scrape does not cost a
/// tenth of a second each time. One that is wrong costs the same whether the name is known or not,
/// and they are computed one at a time, so guessing takes one core at most.
public final class PasswordCheck {
  private static final String MAC = "HmacSHA256";
  private static final int PATIENCE_SECONDS = 5;
  private static final int MAX_PASSWORD_BYTES = 72; // of bcrypt
  private static final int LEAST_COST = 10;

  private final byte[] secret = new byte[32];
  private final Map<String, byte[]> known = new ConcurrentHashMap<>(); // by user
  private final Semaphore turn = new Semaphore(1, true);

  /// Knows no password yet.
  public PasswordCheck() {
    new SecureRandom().nextBytes(secret);
  }

  /// What a check comes to.
  public enum Verdict {
    /// Name and password are right.
    RIGHT,
    /// They are not, or there are none.
    WRONG,
    /// Too many are being checked.
    BUSY
  }

  /// Checks a request.
  ///
  /// @param users bcrypt hashes by name
  /// @param authorization the `Authorization` header; null if there is none
  /// @throws InterruptedException if the thread was interrupted while it waited for its turn
  public Verdict check(Map<String, String> users, @Nullable String authorization)
      throws InterruptedException {
    String pair = authorization == null ? null : decoded(authorization);
    int colon = pair == null ? -1 : pair.indexOf(':');
    if (pair == null || colon < 0) {
      return Verdict.WRONG;
    }
    String user = pair.substring(0, colon);
    byte[] password = pair.substring(colon + 1).getBytes(StandardCharsets.UTF_8);
    String hash = users.get(user);
    byte[] digest = digest(user, hash == null ? "" : hash, password);
    byte[] right = known.get(user);
    if (hash != null && right != null && MessageDigest.isEqual(right, digest)) {
      return Verdict.RIGHT;
    }
    if (!turn.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      return Verdict.BUSY;
    }
    try {
      boolean isRight = isRight(password, hash == null ? nobody(users) : hash);
      if (!isRight || hash == null) {
        return Verdict.WRONG;
      }
      known.put(user, digest);
      return Verdict.RIGHT;
    } finally {
      turn.release();
    }
  }

  private static @Nullable String decoded(String authorization) {
    if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return null;
    }
    try {
      byte[] pair = Base64.getDecoder().decode(authorization.substring(6).strip());
      return new String(pair, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// A hash that no password has, as costly as the costliest.
  private static String nobody(Map<String, String> users) {
    int cost =
        users.values().stream()
            .mapToInt(hash -> Integer.parseInt(hash.substring(4, 6)))
            .max()
            .orElse(LEAST_COST);
    return "$2y$%02d$%s".formatted(cost, ".".repeat(53));
  }

  private static boolean isRight(byte[] password, String hash) {
    return password.length <= MAX_PASSWORD_BYTES
        && BCrypt.verifyer().verify(password, hash.getBytes(StandardCharsets.US_ASCII)).verified;
  }

  private byte[] digest(String user, String hash, byte[] password) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(secret, MAC));
      mac.update((user.length() + ":" + user + hash + ":").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(password);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("each Java has " + MAC, e);
    }
  }
}
