package io.ringtap.cli.top;

import io.ringtap.capture.CaptureCounters;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.filter.XdpFilter;
import io.ringtap.top.Interval;
import io.ringtap.top.TopOptions;
import io.ringtap.top.XdpTop;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Lets a program in the kernel count.
final class XdpCounting implements Counting {
  private final XdpTop top;
  private final CountDownLatch ended = new CountDownLatch(1);

  private XdpCounting(XdpTop top) {
    this.top = top;
  }

  /// Attaches the program, which counts from here on.
  ///
  /// @throws BadArgument if there is no such interface or namespace, or it is not Ethernet
  static XdpCounting open(
      TopOptions options,
      @Nullable XdpFilter filter,
      List<String> interfaces,
      @Nullable String namespace)
      throws BadArgument, IOException {
    try {
      return new XdpCounting(XdpTop.open(options, filter, interfaces, namespace));
    } catch (IllegalArgumentException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    } catch (LinuxException e) {
      if (e.errno().equals(Errno.ENODEV) || e.errno().equals(Errno.ENOENT)) {
        throw new BadArgument(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  @Override
  public void start(Consumer<@Nullable String> notices) {
    for (XdpTop.Place place : top.places()) {
      LinuxException refusal = place.nativeRefusal();
      notices.accept(
          "%s: counts what comes in, by XDP in %s%s"
              .formatted(
                  place.interfaceName(),
                  place.mode(),
                  refusal == null
                      ? ""
                      : ", which costs more, as its driver has no native mode: "
                          + refusal.errno()));
    }
  }

  @Override
  public void await() throws InterruptedException {
    ended.await();
  }

  @Override
  public void stop() {
    ended.countDown();
  }

  @Override
  public void abort() {
    ended.countDown();
  }

  @Override
  public Interval next() throws IOException {
    synchronized (top) {
      return top.nextInterval();
    }
  }

  @Override
  public Interval last() throws IOException {
    return next();
  }

  @Override
  public CaptureCounters counters() {
    synchronized (top) {
      return top.counters();
    }
  }

  @Override
  public void close() {
    top.close();
  }
}
