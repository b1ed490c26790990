package io.ringtap.fleet.delivery;

/// How many results are where. What was handed over and what earlier runs had left adds up at any
/// moment to what is delivered, dropped, in memory and in the spool. Any thread may use it.
final class Accounts {
  private long handedOver;
  private long recovered;
  private long inMemory;
  private long inSpool;
  private long delivered;
  private long dropped;

  /// How things stand at one moment.
  record Sums(
      long handedOver, long recovered, long inMemory, long inSpool, long delivered, long dropped) {}

  synchronized void handOver(long results) {
    handedOver += results;
    inMemory += results;
  }

  synchronized void recover(long results) {
    recovered += results;
    inSpool += results;
  }

  synchronized void spool(long results) {
    inMemory -= results;
    inSpool += results;
  }

  /// Results that were in memory only are in the topic, or never will be.
  synchronized void settleInMemory(long results, boolean areRefused) {
    inMemory -= results;
    settle(results, areRefused);
  }

  /// Results that were in the spool are in the topic, or never will be.
  synchronized void settleInSpool(long results, boolean areRefused) {
    inSpool -= results;
    settle(results, areRefused);
  }

  private void settle(long results, boolean areRefused) {
    delivered += areRefused ? 0 : results;
    dropped += areRefused ? results : 0;
  }

  synchronized void dropFromMemory(long results) {
    settleInMemory(results, true);
  }

  synchronized void dropFromSpool(long results) {
    settleInSpool(results, true);
  }

  /// Drops all that does not outlive the process.
  ///
  /// @param isSpoolKept whether what is in the spool does
  /// @return how many results were dropped
  synchronized long dropRest(boolean isSpoolKept) {
    long before = dropped;
    dropFromMemory(inMemory);
    dropFromSpool(isSpoolKept ? 0 : inSpool);
    return dropped - before;
  }

  synchronized Sums sums() {
    return new Sums(handedOver, recovered, inMemory, inSpool, delivered, dropped);
  }
}
