package io.ringtap.cli.ping;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Options of ping of iputils that make no sense here: each is refused, with what serves instead.
/// The help does not list them.
final class ForeignOptions {
  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private void refuse(String option, String instead) {
    throw new ParameterException(spec.commandLine(), "no " + option + " here: " + instead);
  }

  @Option(names = "-A", hidden = true)
  void adaptive(boolean isWanted) {
    refuse("-A", "probes do not wait for answers; name the time between them, as -i 1ms");
  }

  @Option(names = "-B", hidden = true)
  void sticky(boolean isWanted) {
    refuse("-B", "to keep to a source address, name it with -I");
  }

  @Option(names = "-C", hidden = true)
  void connect(boolean isWanted) {
    refuse("-C", "a socket serves many targets, and is connected to none");
  }

  @Option(names = "-d", hidden = true)
  void debug(boolean isWanted) {
    refuse("-d", "Linux does nothing on SO_DEBUG; to see the packets, use 'ringtap capture icmp'");
  }

  @Option(names = "-H", hidden = true)
  void lookUp(boolean isWanted) {
    refuse("-H", "addresses are not looked up; use 'getent hosts ADDRESS'");
  }

  @Option(names = "-l", hidden = true, paramLabel = "PRELOAD")
  void preload(String probes) {
    refuse("-l", "probes never wait for answers; name the time between them, as -i 0");
  }

  @Option(names = "-N", hidden = true, paramLabel = "QUERY")
  void nodeInformation(String query) {
    refuse("-N", "node information queries (RFC 4620) are not sent, and hosts do not answer them");
  }

  @Option(names = "-S", hidden = true, paramLabel = "BYTES")
  void sendBuffer(String bytes) {
    refuse("-S", "the send buffer is large enough in any case; a source address is -I ADDRESS");
  }

  @Option(names = "-U", hidden = true)
  void userTime(boolean isWanted) {
    refuse("-U", "times are those of the kernel's stamps, which the summary names");
  }
}
