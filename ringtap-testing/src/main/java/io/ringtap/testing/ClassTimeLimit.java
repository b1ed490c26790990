package io.ringtap.testing;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Limits the time of every test class as a whole. JUnit's own limit is for one method, which it
/// interrupts; a thread in a system call does not hear that, and a class of many slow methods stays
/// below it.
///
/// JUnit finds this by itself in every module. A class that is over its time fails when it ends;
/// one that does not end either is stopped together with the JVM, after all stacks are printed.
public final class ClassTimeLimit implements BeforeAllCallback, AfterAllCallback {
  /// The name in `junit-platform.properties` of the limit in seconds.
  static final String LIMIT = "ringtap.class.seconds";

  private static final String MODE = "junit.jupiter.execution.timeout.mode";
  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(ClassTimeLimit.class);
  private static final int EXIT_CODE = 3;

  /// For a class that ends late, so that it fails with a report of its own.
  private static final Duration GRACE = Duration.ofSeconds(60);

  /// A class under way.
  private record Watch(long startNanos, Duration limit, ScheduledExecutorService timer) {}

  /// Called by JUnit.
  public ClassTimeLimit() {}

  @Override
  public void beforeAll(ExtensionContext context) {
    if (isNested(context) || isDisabled(context)) {
      return;
    }
    Duration limit = Duration.ofSeconds(seconds(context));
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("class-time-limit").factory());
    String name = context.getRequiredTestClass().getName();
    Duration most = limit.plus(GRACE);
    var _ = timer.schedule(() -> stop(name, most), most.toSeconds(), TimeUnit.SECONDS);
    context.getStore(STORE).put(Watch.class, new Watch(System.nanoTime(), limit, timer));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (isNested(context) || isDisabled(context)) {
      return;
    }
    Watch watch = context.getStore(STORE).remove(Watch.class, Watch.class);
    if (watch == null) {
      return;
    }
    watch.timer().shutdownNow();
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - watch.startNanos());
    if (seconds >= watch.limit().toSeconds()) {
      throw new AssertionError(
          "%s took %d s, of %d at most"
              .formatted(
                  context.getRequiredTestClass().getName(), seconds, watch.limit().toSeconds()));
    }
  }

  private static boolean isNested(ExtensionContext context) {
    return context.getRequiredTestClass().isAnnotationPresent(Nested.class);
  }

  private static boolean isDisabled(ExtensionContext context) {
    return context.getConfigurationParameter(MODE).filter("disabled"::equals).isPresent();
  }

  private static long seconds(ExtensionContext context) {
    return context
        .getConfigurationParameter(LIMIT)
        .map(Long::valueOf)
        .orElseThrow(() -> new IllegalStateException(LIMIT + " is not set"));
  }

  private static void stop(String name, Duration most) {
    System.err.printf("%s does not end: it has run for %d s%n", name, most.toSeconds());
    for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
      System.err.println(each.getKey());
      for (StackTraceElement frame : each.getValue()) {
        System.err.println("\tat " + frame);
      }
    }
    Runtime.getRuntime().halt(EXIT_CODE);
  }
}
