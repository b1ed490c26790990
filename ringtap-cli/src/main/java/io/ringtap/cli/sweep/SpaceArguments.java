package io.ringtap.cli.sweep;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Failure;
import io.ringtap.cli.target.TargetInput;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpRange;
import io.ringtap.sweep.space.AddressSpace;
import io.ringtap.sweep.space.InterfaceIds;
import io.ringtap.sweep.space.ReservedRanges;
import io.ringtap.sweep.space.ReservedRanges.Reserved;
import io.ringtap.sweep.space.ReservedRanges.Use;
import io.ringtap.sweep.space.SpaceBuilder;
import io.ringtap.target.Family;
import io.ringtap.target.TargetFile;
import io.ringtap.target.TargetParser;
import io.ringtap.target.TargetParser.BadTarget;
import io.ringtap.target.TargetSpec;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// Which addresses are swept.
final class SpaceArguments {
  /// `--pattern`.
  static final class PatternConverter implements ITypeConverter<InterfaceIds> {
    @Override
    public InterfaceIds convert(String text) {
      if (text.equals("low-byte")) {
        return InterfaceIds.LOW_BYTES;
      }
      String oui = text.startsWith("eui64:") ? text.substring("eui64:".length()) : "";
      if (!oui.matches("\\p{XDigit}{2}([:-]?)\\p{XDigit}{2}\\1\\p{XDigit}{2}")) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is not a pattern: low-byte (::1 to ::ff), or eui64:00:16:3e (the cards of a"
                + " vendor)");
      }
      return InterfaceIds.ofVendor(Integer.parseInt(oui.replaceAll("[:-]", ""), 16));
    }
  }

  /// The addresses, and what is to be said of them.
  ///
  /// @param excluded how many were named and left out; `Long.MAX_VALUE` if they cannot be counted
  /// @param publicSize how many are not local
  /// @param scopeId the index of the interface that link-local addresses name; 0 for none
  /// @param parts of which the addresses are made
  /// @param left which are left out of these
  record Space(
      AddressSpace addresses,
      long excluded,
      long publicSize,
      int scopeId,
      List<Part> parts,
      List<IpRange> left) {}

  /// A range, or certain addresses of its networks.
  record Part(IpRange range, @Nullable InterfaceIds ids) {
    void addTo(SpaceBuilder builder) {
      SpaceBuilder _ = ids == null ? builder.add(range) : builder.add(range, ids);
    }
  }

  @Parameters(
      arity = "0..*",
      paramLabel = "RANGE",
      description =
          "An address, a prefix (10.0.0.0/16) or a range (10.0.0.1-10.0.9.9, ::1-::ff); several"
              + " together, each address once.")
  private List<String> ranges = List.of();

  @Option(
      names = {"-w", "--file", "--allowlist-file"},
      paramLabel = "FILE",
      description =
          "Take ranges from a file too (- is standard input): any number a line, # begins a"
              + " comment.")
  private List<String> files = List.of();

  @Option(
      names = "--pattern",
      paramLabel = "PATTERN",
      converter = PatternConverter.class,
      description =
          "Of each /64 in an IPv6 prefix take low-byte (::1 to ::ff), or eui64:00:16:3e (all cards"
              + " of that vendor). Can be given several times.")
  private List<InterfaceIds> patterns = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "RANGE",
      split = ",",
      description = "Leave these addresses out; several with commas between them.")
  private List<String> excludedRanges = List.of();

  @Option(
      names = {"-b", "--exclude-file", "--blocklist-file"},
      paramLabel = "FILE",
      description = "Leave out the ranges in a file.")
  private List<String> excludedFiles = List.of();

  @Option(
      names = "--include-reserved",
      description =
          "Keep private and reserved ranges (IANA's special-purpose registries) in wider ranges,"
              + " which otherwise leave them out. Multicast is always left out.")
  private boolean areReservedIncluded;

  @Option(
      names = "--public",
      description =
          "Send to addresses outside private, shared, link-local, loopback, documentation and"
              + " benchmark ranges. Only with the consent of those whose they are.")
  private boolean isPublic;

  private final List<Part> named = new ArrayList<>();
  private final List<Part> taken = new ArrayList<>();
  private final List<IpRange> left = new ArrayList<>();
  private int scopeId;

  /// Whether addresses of others may be asked.
  boolean isPublic() {
    return isPublic;
  }

  /// Reads all that the arguments name.
  ///
  /// @param interfaceIndex the interface of link-local addresses that name none; 0 if unknown
  Space space(int interfaceIndex) throws BadArgument {
    TargetParser parser = new TargetParser(Family.ANY, interfaceIndex);
    for (TargetSpec spec : specs(ranges, files, parser)) {
      use(spec);
      take(range(spec));
    }
    // No interface need be named for what is left out: the same list serves all.
    TargetParser excluding = new TargetParser(Family.ANY, TargetParser.ANY_SCOPE);
    for (TargetSpec spec : specs(excludedRanges, excludedFiles, excluding)) {
      left.add(range(spec));
    }
    if (named.isEmpty()) {
      throw new BadArgument("which addresses? Name some, such as 10.0.0.0/16, or a file with -w");
    }
    if (!patterns.isEmpty() && taken.stream().allMatch(part -> part.ids == null)) {
      throw new BadArgument(
          "--pattern is for IPv6 prefixes of 64 bits at the most, such as fd00::/48");
    }
    try {
      AddressSpace addresses = builder().build();
      SpaceBuilder others = builder();
      exclude(Use.LOCAL, others);
      return new Space(
          addresses,
          excluded(addresses),
          others.build().size(),
          scopeId,
          List.copyOf(taken),
          allLeft());
    } catch (IllegalArgumentException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    }
  }

  private List<TargetSpec> specs(List<String> words, List<String> lists, TargetParser parser)
      throws BadArgument {
    List<TargetSpec> specs = new ArrayList<>();
    List<String> bad = new ArrayList<>();
    for (String word : words) {
      try {
        specs.add(parser.parse(word));
      } catch (BadTarget e) {
        bad.add(String.valueOf(e.getMessage()));
      }
    }
    for (String list : lists) {
      try (TargetFile file = TargetInput.open(list, parser, bad::add)) {
        for (TargetSpec spec = file.next(); spec != null; spec = file.next()) {
          specs.add(spec);
        }
      } catch (IOException e) {
        throw new BadArgument(list + ": " + Failure.reason(e));
      } catch (InvalidPathException e) {
        throw new BadArgument("'" + list + "' is not a file name");
      }
    }
    if (!bad.isEmpty()) { // nothing may be sent that the user has not meant
      throw new BadArgument(bad.getFirst());
    }
    return specs;
  }

  private static IpRange range(TargetSpec spec) throws BadArgument {
    return switch (spec) {
      case TargetSpec.Name(String name) ->
          throw new BadArgument("'" + name + "': a sweep takes addresses, not names");
      case TargetSpec.Range(IpAddress first, IpAddress last, _, _) -> new IpRange(first, last);
    };
  }

  /// Notes the interface that link-local addresses name.
  private void use(TargetSpec spec) throws BadArgument {
    if (spec instanceof TargetSpec.Range(_, _, int scope, _) && scope != 0) {
      if (scopeId != 0 && scope != scopeId) {
        throw new BadArgument("link-local addresses of two interfaces need a sweep for each");
      }
      scopeId = scope;
    }
  }

  /// Takes the addresses of a range, or the patterns in it, without what is reserved.
  private void take(IpRange range) throws BadArgument {
    Reserved around = ReservedRanges.around(range);
    if (around != null && around.use() == Use.GROUP) {
      throw new BadArgument(text(range) + " is " + text(around) + ": it has many hosts at once");
    }
    if (around != null && around.use() == Use.RESERVED && !areReservedIncluded) {
      throw new BadArgument(
          text(range) + " is " + text(around) + ": --include-reserved sends there");
    }
    boolean isWhole = around != null || areReservedIncluded;
    put(range, named);
    for (IpRange part : isWhole ? List.of(range) : ReservedRanges.outside(range)) {
      put(part, taken);
    }
  }

  private void put(IpRange range, List<Part> parts) throws BadArgument {
    boolean hasNetworks =
        range.first().isIpv6() && range.first().low() == 0 && range.last().low() == -1;
    if (!hasNetworks || patterns.isEmpty()) {
      if (hasNetworks) {
        throw new BadArgument(
            text(range)
                + " has 2^64 addresses or more: choose some with --pattern low-byte or --pattern"
                + " eui64:00:16:3e");
      }
      parts.add(new Part(range, null));
    } else {
      patterns.forEach(ids -> parts.add(new Part(range, ids)));
    }
  }

  private SpaceBuilder builder() {
    SpaceBuilder builder = AddressSpace.builder();
    taken.forEach(part -> part.addTo(builder));
    allLeft().forEach(builder::exclude);
    return builder;
  }

  /// What is left out: what the user has named, and groups always.
  private List<IpRange> allLeft() {
    List<IpRange> all = new ArrayList<>(left);
    for (Reserved each : ReservedRanges.all()) {
      if (each.use() == Use.GROUP) {
        all.add(each.range());
      }
    }
    return all;
  }

  private static void exclude(Use use, SpaceBuilder builder) {
    for (Reserved each : ReservedRanges.all()) {
      if (each.use() == use) {
        builder.exclude(each.range());
      }
    }
  }

  /// How many addresses were named and are not in the space.
  private long excluded(AddressSpace addresses) {
    SpaceBuilder all = AddressSpace.builder();
    named.forEach(part -> part.addTo(all));
    try {
      return all.build().size() - addresses.size();
    } catch (IllegalArgumentException e) {
      return Long.MAX_VALUE;
    }
  }

  private static String text(IpRange range) {
    return range.first().equals(range.last())
        ? range.first().toString()
        : range.first() + "-" + range.last();
  }

  private static String text(Reserved reserved) {
    return reserved.name() + " (" + reserved.source() + ")";
  }
}
