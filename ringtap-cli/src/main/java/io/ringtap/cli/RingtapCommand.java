package io.ringtap.cli;

import io.ringtap.cli.capture.CaptureCommand;
import io.ringtap.cli.interfaces.InterfacesCommand;
import io.ringtap.cli.irq.IrqCommand;
import io.ringtap.cli.ping.PingCommand;
import io.ringtap.cli.pps.PpsCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `ringtap`: the word that all commands follow.
@Command(
    name = "ringtap",
    description = "Measures and records networks from the JVM at the speed of the Linux kernel.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PingCommand.class,
      CaptureCommand.class,
      InterfacesCommand.class,
      PpsCommand.class,
      IrqCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap ping 127.0.0.1              one target, until Ctrl-C",
      "  ringtap ping -c 5 host1 host2       five probes to each of several",
      "  ringtap ping 10.0.0.0/16            one probe to each of 65536 addresses",
      "  ringtap capture -i eth0 -c 10       ten packets, a line each",
      "  ringtap interfaces                  interfaces, with what a capture should know",
      "  ringtap pps                         packets and bits a second of each",
      "  ringtap irq eth0                    which CPUs serve which queues of one",
      "  ringtap ping --help                 all about a command"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:some target did not answer",
      "2:a name was not found",
      "3:bad arguments",
      "4:not permitted, or a system call failed"
    })
final class RingtapCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "which command? There are: ping, capture, interfaces, pps, irq (try 'ringtap --help')");
  }
}
