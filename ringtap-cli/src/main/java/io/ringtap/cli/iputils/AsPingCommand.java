package io.ringtap.cli.iputils;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.Face;
import io.ringtap.cli.run.InterimReport;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.Output;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.Pinger;
import io.ringtap.ping.PingerOptions;
import io.ringtap.ping.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ping`, as iputils has it: what the launcher runs when it is called by that name.
@Command(
    name = "as-ping",
    description =
        "Sends ICMP echo requests to a host, with the options and lines of iputils' ping.",
    customSynopsis = "ping [OPTIONS] DESTINATION",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the host answered",
      "1:no answer, with -c and -w also fewer than COUNT; or a bad number",
      "2:any other failure"
    })
public final class AsPingCommand implements Callable<Integer>, Face.Bearer {
  private static final Face FACE =
      new Face(
          Face.calledAs("ping"),
          """

          Usage: ping [-346aAbBCdDfhHLnOqrRUvV] [-c COUNT] [-i SECONDS] [-w SECONDS] [-W SECONDS]
                      [-s BYTES] [-t HOPS] [-I INTERFACE|ADDRESS] [-l COUNT] [-m MARK] [-M do|dont|want]
                      [-p PATTERN] [-Q TOS] [-e IDENTIFIER] [-F LABEL] [-S BYTES]
                      [-T tsonly|tsandaddr|tsprespec [HOST...]] DESTINATION
          What each means: ping -h
          """,
          new Face.Codes(2, 1, 2, 2));

  private static final int UNANSWERED = 1;
  private static final int USAGE = 2;

  /// Sequence numbers: so many probes can be told apart, and more are not kept in flight.
  private static final int MAX_IN_FLIGHT = 1 << 16;

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

  @Parameters(arity = "0..*", paramLabel = "DESTINATION", description = "A name or an address.")
  private List<String> destinations = List.of();

  @Mixin private final RouteOptions route = new RouteOptions();
  @Mixin private final PaceOptions limits = new PaceOptions();
  @Mixin private final ProbeOptions probes = new ProbeOptions();
  @Mixin private final LineOptions shown = new LineOptions();

  @Option(names = "-h", description = "Print this.")
  private boolean isHelp;

  @Option(names = "-V", description = "Print the version.")
  private boolean isVersion;

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  @Override
  public Face face() {
    return FACE;
  }

  @Override
  public Integer call() throws BadArgument, IOException, InterruptedException {
    if (isHelp) {
      spec.commandLine().usage(spec.commandLine().getErr());
      return USAGE;
    }
    if (isVersion) {
      spec.commandLine()
          .getOut()
          .println("ping as of iputils 20221126, by " + String.join("", spec.version()));
      return 0;
    }
    route.check();
    limits.check(shown.isFlood);
    probes.check();
    boolean isUser = isUser();
    if (isUser) {
      limits.checkPreloadForUser();
    }
    if (destinations.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "usage error: Destination address required");
    }
    takeHosts(destinations.subList(0, destinations.size() - 1));
    Messages messages = new Messages(spec);
    Destination destination = Destination.of(destinations.getLast(), route.family());
    Origin origin = Origin.of(destination, route, messages);
    probes.checkFor(destination.address().isIpv6());
    try (Output out = CommandOutput.open(spec, () -> face().codes().system())) {
      Lines lines = new Lines(out, messages, shown, destination, origin);
      byte[] pattern = probes.pattern();
      if (pattern != null) {
        lines.pattern(pattern);
      }
      lines.header(probes);
      if (isUser) {
        limits.checkIntervalForUser();
      }
      PingOptions options =
          probes
              .options(origin.isToMany())
              .withSource(route.isSourceFixed() ? origin.source() : null)
              .withInterfaceIndex(origin.interfaceIndex())
              .withBroadcast(route.isBroadcast);
      PingRequest request = new PingRequest(origin.target(), origin.scopeId(), options, null);
      return run(new Session(limits, limits.pace(isUser), probes, request, lines), out);
    }
  }

  /// Takes what is named before the destination.
  private void takeHosts(List<String> hosts) throws BadArgument {
    if (hosts.isEmpty()) {
      return;
    }
    if (!probes.takesHosts()) {
      throw new BadArgument("source routes are not supported: name one destination");
    }
    if (hosts.size() > Recording.MAX_HOSTS) {
      throw new ParameterException(
          spec.commandLine(), "usage error: at most " + Recording.MAX_HOSTS + " hosts");
    }
    List<IpAddress> addresses = new ArrayList<>();
    for (String host : hosts) {
      addresses.add(Destination.of(host, Destination.Family.IPV4).address());
    }
    probes.recordTimesOf(addresses);
  }

  private int run(Session session, Output out) throws IOException, InterruptedException {
    PingerOptions options =
        PingerOptions.DEFAULT
            .withMaxInFlight(MAX_IN_FLIGHT)
            .withExecutor(Runnable::run)
            .withIdentifier(probes.identifier());
    try (Interruption interruption = new Interruption(PATIENCE, () -> UNANSWERED);
        InterimReport _ = InterimReport.onQuit(session::status);
        Pinger pinger = Pinger.open(options)) {
      interruption.onSignal(session::exit);
      int code = session.run(pinger);
      boolean _ = out.drain(Long.MAX_VALUE);
      interruption.done(code);
      return code;
    }
  }

  private static boolean isUser() throws IOException {
    return !Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }
}
