package io.ringtap.monitor.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.StoreConfig;
import io.ringtap.monitor.store.Store;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
  private static final long START = 1_764_475_200;

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private Store store;

  @BeforeEach
  void writeSome() throws IOException {
    StoreConfig all = StoreConfig.DEFAULT;
    store =
        Store.open(
            new StoreConfig(
                folder, all.maxBytes(), all.raw(), all.tenSeconds(), all.minutes(), all.hours()),
            InstantSource.system());
    for (String host : List.of("192.0.2.1", "the \"other\", one")) {
      TargetKey key = new TargetKey("core", host, AddressFamily.ANY);
      store.onTargetAdded(
          new Target(store.idOf(key), key, host, Map.of("site", "a"), ProbeSettings.DEFAULT));
    }
    for (int i = 0; i < 12; i++) {
      for (int id = 0; id < 2; id++) {
        OutcomeCounts counts = new OutcomeCounts();
        LatencyHistogram rtt = new LatencyHistogram();
        counts.add(Outcome.REPLY, 3);
        counts.add(Outcome.LOST, id);
        for (int reply = 1; reply <= 3; reply++) {
          rtt.add(reply * 10L);
        }
        TargetKey key = new TargetKey("core", "any", AddressFamily.ANY);
        Target target = new Target(id, key, "any", Map.of(), ProbeSettings.DEFAULT);
        store.onWindow(target, new Window(START + i * 10L, 10, counts, rtt, 64));
      }
      store.onWindowsClosed(START + i * 10L);
    }
    store.flush();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private String export(List<String> targets, String resolution, boolean isCsv)
      throws IOException, ExportException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Export.run(
        new ExportRequest(
            folder,
            targets,
            Instant.ofEpochSecond(START),
            Instant.ofEpochSecond(START + 3600),
            resolution,
            isCsv),
        out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void writesAnObjectALineWhileTheStoreIsWritten() throws Exception {
    String lines = export(List.of("core/192.0.2.1"), "1m", false);

    assertThat(lines.lines()).containsExactly(line(START), line(START + 60));
  }

  private static String line(long start) {
    return """
    {"ts_ns":%d000000000,"group":"core","host":"192.0.2.1","name":"192.0.2.1",\
    "labels":{"site":"a"},"window_s":60,"sent":18,"reply":18,"lost":0,"error":0,"corrupted":0,\
    "elsewhere":0,"dropped":0,"withdrawn":0,"unsent":0,"late":0,"late_error":0,"duplicate":0,\
    "loss_ratio":0.0,"rtt_min_ns":10,"rtt_mean_ns":20,"rtt_p50_ns":20,"rtt_p90_ns":30,\
    "rtt_p99_ns":30,"rtt_max_ns":30,"rtt_sum_ns":360,"hop_limit":64,\
    "rtt_buckets":[[10,6],[20,6],[30,6]]}\
    """
        .formatted(start);
  }

  @Test
  void writesCsvWithQuotes() throws Exception {
    String csv = export(List.of(), "1h", true);

    assertThat(csv.lines())
        .containsExactly(
            "ts_ns,group,host,family,site,name,labels,window_s,sent,reply,lost,error,corrupted,"
                + "elsewhere,dropped,withdrawn,unsent,late,late_error,duplicate,loss_ratio,"
                + "rtt_min_ns,rtt_mean_ns,rtt_p50_ns,rtt_p90_ns,rtt_p99_ns,rtt_max_ns,rtt_sum_ns,"
                + "hop_limit",
            START
                + "000000000,core,192.0.2.1,,,192.0.2.1,site=a,3600,36,36,0,0,0,0,0,0,0,0,0,0,0.0,"
                + "10,20,20,30,30,30,720,64",
            START
                + "000000000,core,\"the \"\"other\"\", one\",,,\"the \"\"other\"\","
                + " one\",site=a,3600,48,36,12,0,0,0,0,0,0,0,0,0,0.25,10,20,20,30,30,30,720,64");
  }

  @Test
  void saysWhichTargetsThereAre() {
    assertThatThrownBy(() -> export(List.of("192.0.2.9"), "1m", false))
        .isInstanceOf(ExportException.class)
        .hasMessage(
            "no target '192.0.2.9' in %s: a target is named as group/host, such as 'core/192.0.2.1'"
                .formatted(folder));
    assertThatThrownBy(() -> export(List.of(), "2m", false))
        .isInstanceOf(ExportException.class)
        .hasMessage("'2m' is no resolution: there are raw, 10s, 1m, 1h");
  }
}
