package io.ringtap.monitor.page;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks a [LiveTable] on the thread that owns it. Any thread may.
public final class LiveView {
  private final LiveTable table;
  private final Executor collector;

  /// A view of a table.
  ///
  /// @param collector runs what it is given on the collector's thread
  public LiveView(LiveTable table, Executor collector) {
    this.table = table;
    this.collector = collector;
  }

  /// See [LiveTable#since].
  LiveRows since(long seen, Set<Integer> watched) throws InterruptedException {
    return ask(table -> table.since(seen, watched));
  }

  /// The target with this number; null if there is none.
  @Nullable TargetRow find(int id) throws InterruptedException {
    return find(table -> table.find(id));
  }

  /// The target with this key; null if there is none.
  @Nullable TargetRow find(String key) throws InterruptedException {
    return find(table -> table.find(key));
  }

  OwnLosses ownLosses() throws InterruptedException {
    return ask(LiveTable::ownLosses);
  }

  private @Nullable TargetRow find(Function<LiveTable, @Nullable TargetRow> question)
      throws InterruptedException {
    return ask(table -> Optional.ofNullable(question.apply(table))).orElse(null);
  }

  private <T> T ask(Function<LiveTable, T> question) throws InterruptedException {
    try {
      return CompletableFuture.supplyAsync(() -> question.apply(table), collector).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the collector cannot tell how targets are", e.getCause());
    }
  }
}
