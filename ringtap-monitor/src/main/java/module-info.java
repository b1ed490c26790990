/// The monitor: watches many hosts for years. The command runs it; it is no library.
// "module": those named in "to" are built after this one; the automatic ones are ordinary JARs
@SuppressWarnings({"module", "requires-automatic"})
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
  requires io.prometheus.metrics.config;
  requires io.prometheus.metrics.expositionformats;
  requires io.prometheus.metrics.model;
  requires io.prometheus
      .writer
      .text; // has a part of the package io.prometheus.metrics.expositionformats
  requires bcrypt;
  requires static org.jspecify;

  exports io.ringtap.monitor to
      io.ringtap.cli,
      io.ringtap.fleet;
  exports io.ringtap.monitor.config to
      io.ringtap.cli,
      io.ringtap.fleet;
  exports io.ringtap.monitor.config.migration to
      io.ringtap.cli;
  exports io.ringtap.monitor.config.yaml to
      io.ringtap.cli,
      io.ringtap.fleet;
  exports io.ringtap.monitor.event to
      io.ringtap.cli,
      io.ringtap.fleet;
  exports io.ringtap.monitor.export to
      io.ringtap.cli;
  exports io.ringtap.monitor.target to
      io.ringtap.cli,
      io.ringtap.fleet;
  exports io.ringtap.monitor.tui to
      io.ringtap.cli,
      io.ringtap.fleet;
  exports io.ringtap.monitor.event.delivery to
      io.ringtap.fleet;
  exports io.ringtap.monitor.metrics to
      io.ringtap.fleet;
  exports io.ringtap.monitor.store to
      io.ringtap.fleet;
  exports io.ringtap.monitor.collect to
      io.ringtap.fleet;
  exports io.ringtap.monitor.window to
      io.ringtap.fleet;
  exports io.ringtap.monitor.probe to
      io.ringtap.fleet;
  exports io.ringtap.monitor.watch to
      io.ringtap.fleet;
  exports io.ringtap.monitor.store.series to
      io.ringtap.fleet;
}
