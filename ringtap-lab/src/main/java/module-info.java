/// The experiments on which Ringtap stands, the tools beside it, and their reports.
module io.ringtap.lab {
  requires transitive io.ringtap;
  requires transitive io.ringtap.testnet;
  requires java.management;
  requires tools.jackson.databind;
  requires static org.jspecify;

  exports io.ringtap.lab.experiment;
  exports io.ringtap.lab.experiment.ladder;
  exports io.ringtap.lab.peer;
  exports io.ringtap.lab.profile;
  exports io.ringtap.lab.report;

  opens io.ringtap.lab.report to
      tools.jackson.databind;
}
