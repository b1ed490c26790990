package io.ringtap.cli.interfaces;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.source.InterfaceList;
import io.ringtap.cli.terminal.Output;
import io.ringtap.device.EthtoolSocket;
import io.ringtap.device.NetworkInterface;
import io.ringtap.device.RtnetlinkSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ringtap interfaces`: the options, and what they come to.
@Command(
    name = "interfaces",
    description = {
      "Lists the network interfaces, with what a capture should know of each: state, link type,"
          + " MTU, addresses, driver, queues, time stamps, and which offloads make a capture show"
          + " other frames than the wire carried."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    descriptionHeading = "%n",
    parameterListHeading = "%nInterfaces:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap interfaces                              all of them",
      "  ringtap interfaces eth0                         one of them",
      "  ringtap interfaces --json | jq -r .name         their names"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "3:bad arguments, or no such interface",
      "4:not permitted, or a system call failed",
      "130:cancelled by Ctrl-C, SIGTERM or SIGHUP before the last interface was printed"
    })
public final class InterfacesCommand implements Callable<Integer> {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  @Parameters(arity = "0..*", paramLabel = "IFACE", description = "An interface. Default: all.")
  private List<String> names = List.of();

  @Option(names = "--json", description = "An object a line for each interface (NDJSON).")
  private boolean isJson;

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws BadArgument, IOException {
    try (RtnetlinkSocket rtnetlink = RtnetlinkSocket.open();
        EthtoolSocket ethtool = EthtoolSocket.open();
        Interruption interruption = new Interruption(PATIENCE_NANOS, () -> ExitCode.CANCELLED);
        Output out = CommandOutput.open(spec, () -> ExitCode.OK)) {
      interruption.onSignal(() -> {}); // is asked before each interface whether one has come
      int code = ExitCode.OK;
      InterfaceJson json = new InterfaceJson(out);
      StringBuilder text = new StringBuilder();
      for (NetworkInterface each : wanted(rtnetlink.interfaces())) {
        if (interruption.hasCome()) {
          code = ExitCode.CANCELLED;
          break;
        }
        InterfaceReport report = InterfaceReport.of(each, ethtool);
        if (isJson) {
          json.write(report);
        } else {
          text.setLength(0);
          InterfaceText.append(text, report);
          out.line(text);
        }
      }
      boolean _ = out.drain(Long.MAX_VALUE);
      interruption.done(code);
      return code;
    }
  }

  private List<NetworkInterface> wanted(List<NetworkInterface> all) throws BadArgument {
    if (names.isEmpty()) {
      return all;
    }
    List<NetworkInterface> wanted = new ArrayList<>();
    for (String name : new InterfaceList(null).names(names)) {
      wanted.add(
          all.stream()
              .filter(each -> each.name().equals(name))
              .findFirst()
              .orElseThrow(() -> missing(name, all)));
    }
    return wanted;
  }

  private static BadArgument missing(String name, List<NetworkInterface> all) {
    List<String> present = all.stream().map(NetworkInterface::name).toList();
    return new BadArgument(InterfaceList.missing(name, present));
  }
}
