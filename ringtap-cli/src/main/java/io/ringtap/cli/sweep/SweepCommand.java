package io.ringtap.cli.sweep;

import io.ringtap.cli.argument.WordConverter;
import io.ringtap.cli.fleet.FleetArguments;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.Output;
import io.ringtap.sweep.SweepOptions;
import io.ringtap.sweep.SweepProbe;
import io.ringtap.sweep.SweepTarget;
import io.ringtap.sweep.SweepTargets;
import io.ringtap.sweep.space.AddressSpace;
import io.ringtap.sweep.space.PermutedTargets;
import io.ringtap.sweep.space.Shard;
import io.ringtap.target.TargetParser;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `ringtap sweep`: the options, and the run.
@Command(
    name = "sweep",
    description = {
      "Finds out who is there: sends a probe to each address of whole prefixes, in an order that"
          + " spreads them over all networks, and prints who answers.",
      "",
      "Nothing is kept of a probe, so memory does not grow with the addresses; each answer has its"
          + " round-trip time all the same."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    parameterListHeading = "%nAddresses:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap sweep 10.0.0.0/16                      who answers to ICMP echo",
      "  ringtap sweep -p 22,80,443 --csv 10.0.0.0/16   open TCP ports, with columns",
      "  ringtap sweep -p U:53 --payload file:query 10.0.0.0/24",
      "                                                 UDP datagrams with a payload",
      "  ringtap sweep -f saddr,rtt_ns -o x.csv --resume x.state 10.0.0.0/8",
      "                                                 the same line again goes on after an end",
      "  ringtap sweep --seed 7 --shard 1/4 10.0.0.0/8  the first of four machines",
      "  ringtap sweep --fleet --bootstrap kafka1:9092 10.0.0.0/8",
      "                                                 by all agents of a fleet",
      "  ringtap sweep --pattern low-byte fd00:1::/48   ::1 to ::ff of each /64",
      "  ringtap sweep --dry-run 10.0.0.0/30            what would be asked, in which order"
    },
    exitCodeListHeading = "%nExit codes (the highest that applies):%n",
    exitCodeList = {
      "0:something answered",
      "1:nothing answered",
      "3:bad arguments, a bad file, or the state of another sweep",
      "4:not permitted, or a system call failed; with --fleet: no broker or agent answered, or not"
          + " all was probed"
    })
public final class SweepCommand implements Callable<Integer> {
  /// `-O`.
  static final class FormatConverter extends WordConverter<AnswerWriter.Format> {
    FormatConverter() {
      super(AnswerWriter.Format.class);
    }
  }

  /// `--shard`.
  static final class ShardConverter implements ITypeConverter<Shard> {
    @Override
    public Shard convert(String text) {
      try {
        return Shard.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }

  private static final long NEW_SEEDS = 1L << 32; // short enough to be typed on another machine

  @Mixin private SpaceArguments spaces = new SpaceArguments();

  @Mixin private ProbeArguments probes = new ProbeArguments();

  @Option(
      names = {"-e", "--seed"},
      paramLabel = "NUMBER",
      description =
          "Chooses the order: the same number gives the same. Default: random, and printed.")
  private @Nullable Long seed;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      converter = ShardConverter.class,
      description =
          "Ask only the I-th of N parts, from 1/N to N/N, which have nothing in common and together"
              + " are everything. All need the same --seed.")
  private Shard shard = Shard.WHOLE;

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description =
          "Go on from the state in this file if it is there, and keep it there, also when a signal"
              + " ends the sweep.")
  private @Nullable String state;

  @Option(
      names = {"-o", "--output-file"},
      paramLabel = "FILE",
      description = "Write answers to a file. A sweep that goes on appends to it.")
  private @Nullable String file;

  @Option(
      names = {"-O", "--output-format", "--output-module"},
      paramLabel = "FORMAT",
      converter = FormatConverter.class,
      description = "text, csv or json (an object a line). Default: text; csv with -f.")
  private AnswerWriter.@Nullable Format format;

  @Option(names = "--csv", description = "The same as -O csv.")
  private boolean isCsv;

  @Option(names = "--json", description = "The same as -O json.")
  private boolean isJson;

  @Option(
      names = {"-f", "--output-fields"},
      paramLabel = "NAMES",
      converter = OutputField.ListConverter.class,
      description =
          "Columns of CSV, or properties of JSON, by zmap's names with commas between them; * is"
              + " all. See the manual for what there is.")
  private @Nullable List<OutputField> fields;

  @Option(
      names = {"-a", "--all"},
      description =
          "Print every answer: closed ports, ICMP errors and repeated answers too, and not only the"
              + " first of each target that is there.")
  private boolean isAll;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print no plan, no status line and no report on standard error.")
  private boolean isQuiet;

  @Mixin private FleetArguments fleet = new FleetArguments();

  @Option(
      names = {"-d", "--dry-run", "--dryrun"},
      description = "Send nothing: print the plan, and the targets in their order.")
  private boolean isDry;

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws BadArgument, IOException, InterruptedException {
    boolean isFleet = fleet.isAsked();
    AnswerWriter.Choice answers = answers();
    if (isFleet) {
      requireNothingOfThisHost();
    }
    StateFile stateFile = state == null ? null : new StateFile(path(state));
    Path results = file == null ? null : path(file);
    SweepState before = stateFile == null ? null : stateFile.read();
    SweepPlan plan = plan(before);
    if (before != null && !before.identity().equals(plan.identity())) {
      throw new BadArgument(stateFile + ": " + before.identity().difference(plan.identity()));
    }
    long completed = before == null ? 0 : before.completed();
    plan = plan.from(completed);
    requireConsent(plan);
    if (isDry) {
      return list(plan);
    }
    if (isFleet) {
      PortList ports = probes.ports();
      return new FleetSweep(plan, answers, results, isQuiet, spec)
          .run(fleet, ports == null ? List.of() : ports.ports());
    }
    if (before != null && completed == plan.targets().size()) {
      new Messages(spec)
          .print(stateFile + ": this sweep is complete; without the file it begins again");
      return before.tally().found() > 0 ? ExitCode.OK : ExitCode.UNREACHABLE;
    }
    return new SweepRun(
            plan,
            before == null ? Tally.NONE : before.tally(),
            new SweepRun.Destination(answers, results, stateFile, isQuiet),
            spec)
        .run();
  }

  private AnswerWriter.Choice answers() throws BadArgument {
    int formats = (format == null ? 0 : 1) + (isCsv ? 1 : 0) + (isJson ? 1 : 0);
    if (formats > 1) {
      throw new BadArgument("only one of -O, --csv and --json can be given");
    }
    AnswerWriter.Format wanted = format;
    if (wanted == null) {
      wanted =
          isJson
              ? AnswerWriter.Format.JSON
              : isCsv || fields != null ? AnswerWriter.Format.CSV : AnswerWriter.Format.TEXT;
    }
    if (wanted == AnswerWriter.Format.TEXT && fields != null) {
      throw new BadArgument("-f is for csv and json");
    }
    return new AnswerWriter.Choice(wanted, fields, isAll);
  }

  /// Agents have addresses and interfaces of their own, and know how far they are.
  private void requireNothingOfThisHost() throws BadArgument {
    if (state != null || shard.count() > 1) {
      throw new BadArgument("--resume and --shard are not for --fleet: its agents share a sweep");
    }
    SweepOptions.Origin wanted = probes.options().origin();
    if (!wanted.equals(SweepOptions.DEFAULT.withHopLimit(wanted.hopLimit()).origin())) {
      throw new BadArgument("-i, -S, -s and --sender are not for --fleet: each agent has its own");
    }
  }

  private static Path path(String name) throws BadArgument {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new BadArgument("'" + name + "' is not a file name");
    }
  }

  private SweepPlan plan(@Nullable SweepState before) throws BadArgument {
    if (shard.count() > 1 && seed == null && before == null) {
      throw new BadArgument("--shard needs --seed, the same number for all shards");
    }
    SweepOptions options = probes.options();
    String interfaceName = options.origin().interfaceName();
    int index = interfaceName == null ? 0 : TargetParser.interfaceIndex(interfaceName);
    if (interfaceName != null && index == 0) {
      throw new BadArgument("there is no interface '" + interfaceName + "'");
    }
    SpaceArguments.Space space = spaces.space(index);
    if (space.scopeId() != 0) {
      options = options.withInterface(interfaceName(space.scopeId(), interfaceName));
    }
    if (space.addresses().size() == 0) {
      throw new BadArgument("no address is left: all are excluded");
    }
    long order =
        seed != null
            ? seed
            : before != null ? before.identity().seed() : new SecureRandom().nextLong(NEW_SEEDS);
    PermutedTargets targets = targets(space.addresses(), order);
    String digest = digest(space.addresses(), options.probe());
    return new SweepPlan(
        space, targets, new SweepState.Identity(digest, order, shard, targets.size()), options);
  }

  /// The interface that link-local addresses name.
  private static String interfaceName(int index, @Nullable String given) throws BadArgument {
    String name = null;
    try {
      NetworkInterface device = NetworkInterface.getByIndex(index);
      name = device == null ? null : device.getName();
    } catch (SocketException _) {
      // as one that is not there
    }
    if (name == null) {
      throw new BadArgument("there is no interface " + index);
    }
    if (given != null && !given.equals(name)) {
      throw new BadArgument("link-local addresses on " + name + " cannot be reached by " + given);
    }
    return name;
  }

  private PermutedTargets targets(AddressSpace addresses, long order) throws BadArgument {
    PortList ports = probes.ports();
    PermutedTargets targets;
    try {
      targets =
          ports == null
              ? PermutedTargets.of(addresses, order, shard)
              : PermutedTargets.of(addresses, ports.ports(), order, shard);
    } catch (IllegalArgumentException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    }
    if (targets.span() > SweepTargets.MAX_SPAN) {
      throw new BadArgument("these are " + targets.span() + " targets; a sweep takes 2^47 at most");
    }
    if (targets.size() == 0) {
      throw new BadArgument(
          "shard " + shard + " has no target: there are only " + targets.span() + " in all");
    }
    return targets;
  }

  /// A fingerprint of what is asked where. Saved states have it, so it stays the same in later
  /// releases.
  private String digest(AddressSpace addresses, SweepProbe probe) {
    String payload = HexFormat.of().formatHex(probe.payload());
    String text = addresses.digest() + ' ' + probes.ports() + ' ' + probe.kind() + ' ' + payload;
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has SHA-256", e);
    }
  }

  private void requireConsent(SweepPlan plan) throws BadArgument {
    if (plan.space().publicSize() > 0 && !spaces.isPublic() && !isDry) {
      throw new BadArgument(
          plan.text() + ". Add --public if those whose addresses these are consent");
    }
  }

  private int list(SweepPlan plan) {
    if (!isQuiet) {
      new Messages(spec).print(plan.text());
    }
    try (Output out = CommandOutput.open(spec, () -> ExitCode.OK)) {
      SweepTarget target = new SweepTarget();
      StringBuilder line = new StringBuilder();
      for (long i = plan.options().firstPosition(); i < plan.targets().size(); i++) {
        plan.targets().read(i, target);
        line.setLength(0);
        OutputField.address(line, target.isIpv6(), target.high(), target.low());
        if (target.port() != 0) {
          line.append(' ').append(target.port());
        }
        out.line(line);
      }
      boolean _ = out.drain(Long.MAX_VALUE);
    }
    return ExitCode.OK;
  }
}
