package io.ringtap.cli.replay;

import io.ringtap.cli.argument.Numbers;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.StandardInput;
import io.ringtap.cli.source.ExpressionArguments;
import io.ringtap.cli.source.InterfaceList;
import io.ringtap.cli.terminal.Output;
import io.ringtap.filter.FilterException;
import io.ringtap.send.Pace;
import io.ringtap.send.SenderOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ringtap replay`: the options, and what they come to.
@Command(
    name = "replay",
    description = {
      "Sends the packets of a savefile by a network interface, with their timing or at a rate.",
      "",
      "Packets go out as they are in the file, from the link header on. Those that do not fit the"
          + " interface are left out and counted, each with the reason."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap replay x.pcapng -i eth0                 at the times of their stamps",
      "  ringtap replay x.pcapng -i eth0 --speed 2       in half the time",
      "  ringtap replay x.pcap -i eth0 --rate 10k tcp port 80",
      "  ringtap replay x.pcap -i eth0 --mbps 500 --loop 0",
      "  ringtap replay x.pcap.gz -i veth0 --topspeed --json",
      "  ringtap capture -i eth0 -w - | ringtap replay - -i eth1"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all that fits the interface was sent, also when Ctrl-C or SIGTERM ended it",
      "3:bad arguments, a bad file, or one with packets of other link types only",
      "4:not permitted, or the kernel refused packets"
    })
public final class ReplayCommand implements Callable<Integer> {
  private static final double BITS_PER_MEGABIT = 1e6;

  @Parameters(
      index = "0",
      paramLabel = "SAVEFILE",
      description = "pcap or pcapng, also compressed by gzip; - is standard input.")
  private String file = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "EXPRESSION",
      description = "Send the packets that match this, in tcpdump's language. Default: all.")
  private List<String> words = List.of();

  @Option(
      names = "-F",
      paramLabel = "FILE",
      description = "Read the expression from a file, in which # begins a comment.")
  private @Nullable String filterFile;

  @Option(
      names = {"-i", "--interface", "--intf1"},
      required = true,
      paramLabel = "IFACE",
      description = "Send by this interface.")
  private String interfaceName = "";

  @Option(
      names = {"-p", "--rate", "--pps"},
      paramLabel = "RATE",
      converter = Numbers.Rate.class,
      description = "Packets a second, such as 500, 10k or 1M; 0 is as fast as possible.")
  private @Nullable Double rate;

  @Option(
      names = {"-M", "--mbps"},
      paramLabel = "MBIT",
      converter = Numbers.Rate.class,
      description = "Megabits a second, from the link header on; 0 is as fast as possible.")
  private @Nullable Double megabits;

  @Option(
      names = {"-x", "--speed", "--multiplier"},
      paramLabel = "FACTOR",
      description = "So many times as fast as recorded. Default: 1.")
  private @Nullable Double speed;

  @Option(
      names = {"-t", "--topspeed"},
      description = "As fast as the kernel takes them.")
  private boolean isTopSpeed;

  @Option(
      names = {"-l", "--loop"},
      paramLabel = "COUNT",
      description = "Send the file so many times; 0 is until Ctrl-C. Default: 1.")
  private int loop = 1;

  @Option(
      names = {"-c", "-L", "--limit"},
      paramLabel = "COUNT",
      description = "End after so many packets, over all times, also those that are left out.")
  private @Nullable Long limit;

  @Option(
      names = "--qdisc-bypass",
      description =
          "Hand packets to the driver past the queueing discipline: faster, but tc does not"
              + " shape them, and captures on this machine do not show them.")
  private boolean isQdiscBypassed;

  @Option(names = "--json", description = "Print the account as a JSON object.")
  private boolean isJson;

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws BadArgument, IOException {
    ExpressionArguments expression = ExpressionArguments.of(words, filterFile);
    try (Output out = CommandOutput.open(spec, () -> ExitCode.OK)) {
      return new ReplayRun(plan(expression), account -> print(account, out), spec).run();
    } catch (FilterException e) {
      throw expression.refusal(e);
    }
  }

  /// Prints the account, and waits until the reader has it.
  private void print(Account account, Output out) {
    PrintWriter err = spec.commandLine().getErr();
    out.lastWords(() -> {
      err.print(account.lines());
      err.flush();
    });
    if (isJson) {
      account.printJson(out);
    } else {
      out.text(account.lines());
    }
    boolean _ = out.drain(Long.MAX_VALUE);
  }

  private ReplayPlan plan(ExpressionArguments expression) throws BadArgument {
    if (interfaceName.isEmpty()) {
      throw new BadArgument("-i needs the name of an interface");
    }
    if (loop < 0) {
      throw new BadArgument("--loop must be 0 or more, not " + loop);
    }
    if (loop != 1 && file.equals(StandardInput.DASH)) {
      throw new BadArgument(
          StandardInput.NAME + " can be read only once: --loop needs the name of a file");
    }
    if (limit != null && limit < 1) {
      throw new BadArgument("--limit must be 1 or more, not " + limit);
    }
    return new ReplayPlan(
        file,
        expression.text(),
        SenderOptions.on(new InterfaceList(null).names(List.of(interfaceName)).getFirst())
            .withQdiscBypass(isQdiscBypassed),
        pace(),
        new ReplayPlan.Extent(loop, limit == null ? Long.MAX_VALUE : limit));
  }

  private Pace pace() throws BadArgument {
    List<String> given = new ArrayList<>();
    Pace pace = Pace.asRecorded();
    if (rate != null) {
      given.add("--rate");
      pace = rate == 0 ? Pace.asFastAsPossible() : Pace.packetsPerSecond(rate);
    }
    if (megabits != null) {
      given.add("--mbps");
      pace =
          megabits == 0 ? Pace.asFastAsPossible() : Pace.bitsPerSecond(megabits * BITS_PER_MEGABIT);
    }
    if (speed != null) {
      given.add("--speed");
      if (!(speed > 0) || speed.isInfinite()) {
        throw new BadArgument("--speed must be more than 0, not " + speed);
      }
      pace = Pace.speed(speed);
    }
    if (isTopSpeed) {
      given.add("--topspeed");
      pace = Pace.asFastAsPossible();
    }
    if (given.size() > 1) {
      throw new BadArgument(given.get(0) + " and " + given.get(1) + " exclude each other");
    }
    return pace;
  }
}
