/// The monitor: watches many hosts for years. The command runs it; it is no library.
@SuppressWarnings("module") // the modules named in "to" are built after this one
module io.ringtap.monitor {
  requires transitive io.ringtap;
  requires jdk.httpserver;
  requires java.net.http;
  requires java.sql;
  requires tools.jackson.core;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.yaml;
  requires org.snakeyaml.engine;
  requires org.xerial.sqlitejdbc;
  requires org.dnsjava;
  requires dev.tamboui.core;
  requires dev.tamboui.widgets;
  requires static org.jspecify;

  exports io.ringtap.monitor.config to
      io.ringtap.cli;
}
