package io.ringtap.cli.ping;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.Output;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingerOptions;
import io.ringtap.target.TargetParser;
import io.ringtap.target.TargetSpec;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `ringtap ping`: the options, and what they come to.
@Command(
    name = "ping",
    description = {
      "Sends ICMP echo requests to any number of targets at once and reports what becomes of each.",
      "",
      "Round-trip times come from the kernel's own packet stamps at both ends where raw sockets are"
          + " permitted, so that neither scheduling nor garbage collection is in them."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    parameterListHeading = "%nTargets:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nOne target and many:%n",
    footer = {
      "  One target is printed as ping prints it. Of several each has a summary line; while they"
          + " run",
      "  there is a live table on a terminal, else a line for each probe. Without -c, targets that"
          + " are",
      "  named one by one are pinged until Ctrl-C, and those of prefixes, ranges, files and"
          + " standard",
      "  input once (as fping -g does; -c 0 is without end for them too). First probes are spread"
          + " over",
      "  an interval.",
      "",
      "Examples:",
      "  ringtap ping 127.0.0.1                        until Ctrl-C, then a summary",
      "  ringtap ping -c 5 -i 200ms 10.0.0.1 ::1       five probes to each, 0.2 s apart",
      "  ringtap ping --rate 100k 10.0.0.0/16          one probe to each of 65536 addresses",
      "  ringtap ping -c 10 -f hosts.txt --csv         summaries of the targets in a file",
      "  ringtap ping --json example.com | jq .rtt_ns  an object a line for each probe"
    },
    exitCodeListHeading = "%nExit codes (the highest that applies):%n",
    exitCodeList = {
      "0:every target answered",
      "1:some target did not answer",
      "2:a name was not found",
      "3:bad arguments, or a bad line in a file of targets",
      "4:not permitted, or a system call failed"
    })
public final class PingCommand implements Callable<Integer> {
  private static final long MANY = 1 << 17; // addresses: as many as fping takes

  @Mixin private TargetArguments targets = new TargetArguments();
  @Mixin private PaceArguments pace = new PaceArguments();
  @Mixin private PacketArguments packets = new PacketArguments();
  @Mixin private ShieldArguments shield = new ShieldArguments();
  @Mixin private FormArguments form = new FormArguments();

  @SuppressWarnings("unused") // picocli uses it
  @Mixin
  private ForeignOptions foreign = new ForeignOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  private @Nullable PingRun run;

  @Override
  public Integer call() throws BadArgument, IOException, InterruptedException {
    PingPlan plan = plan();
    Messages messages = new Messages(spec);
    Habits.warn(spec.commandLine().getParseResult(), messages);
    if (plan.size() > MANY) {
      confirm(plan.size(), messages);
    }
    try (Output out = CommandOutput.open(spec, this::codeSoFar)) {
      PingRun started = new PingRun(plan, form.view(plan, out, messages), out, messages);
      run = started;
      return started.run();
    }
  }

  private PingPlan plan() throws BadArgument, IOException {
    form.check();
    PingerOptions pinger = packets.applied(PingerOptions.DEFAULT);
    PacketArguments.Origin origin = packets.origin();
    TargetParser parser = new TargetParser(origin.family(), origin.interfaceIndex());
    List<TargetSpec> specs = packets.withoutHosts(targets.specs(parser));
    List<String> files = targets.readableFiles();
    if (specs.isEmpty() && files.isEmpty()) {
      throw new BadArgument(
          "no target: name a host, an address, a prefix, a range or a file (try 'ringtap ping"
              + " --help')");
    }
    packets.checkSize(origin, specs);
    boolean isSweep = !files.isEmpty() || specs.stream().anyMatch(each -> each.size() > 1);
    PingOptions options = pace.applied(packets.applied(PingOptions.DEFAULT, origin), isSweep);
    packets.check(options);
    return new PingPlan(
        specs,
        files,
        parser,
        origin.family(),
        targets.isEveryAddress(),
        options,
        pinger
            .withMaxInFlight(pace.maxInFlight(options.timeout()))
            .withRate(pace.rate())
            .withExecutor(Runnable::run), // what the command does then is brief
        pace.deadline(isSweep),
        shield.isGiven() ? shield.interfaceFor(origin, specs) : null);
  }

  /// A prefix that is shorter than was meant could go on for years.
  private void confirm(long size, Messages messages) throws BadArgument {
    String extent =
        (size == Long.MAX_VALUE ? "more than 2^63" : Long.toString(size))
            + " addresses, which take "
            + pace.duration(size);
    if (!targets.isSure()) {
      throw new BadArgument(extent + ": add --yes to ping them");
    }
    messages.print(extent);
  }

  private int codeSoFar() {
    PingRun started = run;
    return started == null ? ExitCode.OK : started.failure();
  }
}
