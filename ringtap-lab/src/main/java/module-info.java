/// A network in a box: namespaces, veth pairs and virtual hosts with programmed faults.
module io.ringtap.lab {
  requires transitive io.ringtap;
  requires java.management;
  requires tools.jackson.core;
  requires static org.jspecify;

  exports io.ringtap.lab;
  exports io.ringtap.lab.experiment;
  exports io.ringtap.lab.peer;
  exports io.ringtap.lab.report;
}
