package io.ringtap.cli.capture;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Options of tcpdump that are not supported here: each is refused, with what to use instead. The
/// help does not list them.
final class ForeignOptions {
  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private void refuse(String option, String instead) {
    throw new ParameterException(spec.commandLine(), "no " + option + " here: " + instead);
  }

  @Option(names = "-E", hidden = true, paramLabel = "SECRET")
  void decrypt(String secret) {
    refuse("-E", "ESP is not decrypted; 'tcpdump -E' decrypts it in a file that -w wrote");
  }

  @Option(names = "-H", hidden = true)
  void mesh(boolean isWanted) {
    refuse("-H", "mesh headers of 802.11s are not printed; 'tcpdump -H' prints those of a file");
  }

  @Option(
      names = {"-I", "--monitor-mode"},
      hidden = true)
  void monitor(boolean isWanted) {
    refuse("-I", "monitor mode is a setting of the interface: 'iw dev IFACE set type monitor'");
  }

  @Option(names = "-m", hidden = true, paramLabel = "MODULE")
  void module(String name) {
    refuse("-m", "MIB modules name what SNMP carries, and OIDs stay numbers; see snmptranslate(1)");
  }
}
