package io.ringtap.fleet.job.call;

import java.security.SecureRandom;
import java.util.HexFormat;

/// Names of jobs.
public final class JobName {
  private static final SecureRandom RANDOM = new SecureRandom();

  private JobName() {}

  /// One that no other job has.
  public static String random() {
    byte[] bytes = new byte[8];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
