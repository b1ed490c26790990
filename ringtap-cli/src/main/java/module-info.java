/// The `ringtap` command: its words, its terminal views and its exit codes.
module io.ringtap.cli {
  requires io.ringtap;
  requires io.ringtap.lab;
  requires static io.ringtap.monitor; // there if the monitor is asked for
  requires static io.ringtap.fleet; // there if a fleet is asked for
  requires info.picocli;
  requires tools.jackson.core;
  requires de.siegmar.fastcsv;
  requires jdk.unsupported; // sun.misc.Signal
  requires static java.logging; // there if something logs
  requires static org.jspecify;

  exports io.ringtap.cli.run to
      java.logging; // which makes the LastingLog

  opens io.ringtap.cli to
      info.picocli;
  opens io.ringtap.cli.argument to
      info.picocli;
  opens io.ringtap.cli.capture to
      info.picocli;
  opens io.ringtap.cli.filter to
      info.picocli;
  opens io.ringtap.cli.fleet to
      info.picocli;
  opens io.ringtap.cli.fping to
      info.picocli;
  opens io.ringtap.cli.interfaces to
      info.picocli;
  opens io.ringtap.cli.iputils to
      info.picocli;
  opens io.ringtap.cli.irq to
      info.picocli;
  opens io.ringtap.cli.lab to
      info.picocli;
  opens io.ringtap.cli.monitor to
      info.picocli;
  opens io.ringtap.cli.pcap to
      info.picocli;
  opens io.ringtap.cli.ping to
      info.picocli;
  opens io.ringtap.cli.pps to
      info.picocli;
  opens io.ringtap.cli.source to
      info.picocli;
  opens io.ringtap.cli.replay to
      info.picocli;
  opens io.ringtap.cli.sweep to
      info.picocli;
  opens io.ringtap.cli.trace to
      info.picocli;
  opens io.ringtap.cli.top to
      info.picocli;
}
