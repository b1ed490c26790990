package io.ringtap.cli.pcap;

import io.ringtap.cli.argument.DurationConverter;
import io.ringtap.cli.pcap.CopyRun.Work;
import io.ringtap.cli.pcap.Target.Job;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Failure;
import io.ringtap.cli.source.ChangedFrame;
import io.ringtap.packet.Frame;
import io.ringtap.savefile.Rotation;
import io.ringtap.savefile.SavefileCopy;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileReader;
import io.ringtap.savefile.SavefileSection;
import io.ringtap.savefile.block.BlockBuilder;
import io.ringtap.savefile.block.OptionCursor;
import io.ringtap.savefile.block.Pcapng;
import io.ringtap.savefile.block.PcapngBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `ringtap pcap edit`: a file with something changed.
@Command(
    name = "edit",
    description = {
      "Copies a file with something changed: times, lengths, comments, secrets, order, format.",
      "",
      "Without options, it converts: to the format that the name of the written file says."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap pcap edit x.pcapng -w x.pcap",
      "  ringtap pcap edit x.pcap -w y.pcap --shift -1h --snaplen 96",
      "  ringtap pcap edit x.pcapng -w y.pcapng --sort",
      "  ringtap pcap edit x.pcapng -w y.pcapng --comment '5:here it hangs'",
      "  ringtap pcap edit x.pcapng -w y.pcapng --add-secrets tls:keys.txt"
    })
final class EditCommand implements Callable<Integer> {
  private static final Map<String, Integer> SECRETS =
      Map.of("tls", 0x544c_534b, "ssh", 0x5353_484b, "wireguard", 0x5747_4b4c);

  @Parameters(paramLabel = "SAVEFILE", description = "pcap or pcapng; - is standard input.")
  private String file = "";

  @Mixin private Target target = new Target();

  @Option(
      names = {"-t", "--shift"},
      paramLabel = "TIME",
      description = "Add this to the stamps: 1.5s, -1h, +250ms.")
  private @Nullable String shift;

  @Option(
      names = {"-s", "--snaplen"},
      paramLabel = "BYTES",
      description = "Keep so many bytes of each packet.")
  private @Nullable Integer snaplen;

  @Option(names = "--sort", description = "Bring the packets in the order of their stamps.")
  private boolean isSorted;

  @Option(
      names = "--comment",
      paramLabel = "N:TEXT",
      description = "Add a comment to packet number N. May be given several times.")
  private List<String> comments = List.of();

  @Option(
      names = "--file-comment",
      paramLabel = "TEXT",
      description = "Add a comment to the file. May be given several times.")
  private List<String> fileComments = List.of();

  @Option(names = "--drop-comments", description = "Leave out all comments that the file has.")
  private boolean areCommentsDropped;

  @Option(
      names = "--add-secrets",
      paramLabel = "KIND:FILE",
      description =
          "Add a key log, for whoever decrypts the packets: tls:FILE, ssh:FILE or"
              + " wireguard:FILE.")
  private List<String> secrets = List.of();

  @Option(names = "--drop-secrets", description = "Leave out all secrets that the file has.")
  private boolean areSecretsDropped;

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws BadArgument, IOException {
    if (snaplen != null && snaplen < 1) {
      throw new BadArgument("--snaplen must be 1 or more, not " + snaplen);
    }
    boolean addsToPcap =
        !target.isPcapng() && !(comments.isEmpty() && fileComments.isEmpty() && secrets.isEmpty());
    if (addsToPcap) {
      throw new BadArgument("a pcap file holds no comments and no secrets: write pcapng");
    }
    ChangedFrame change =
        new ChangedFrame(shiftNanos(), snaplen == null ? Integer.MAX_VALUE : snaplen);
    Map<Long, List<String>> byPacket = commentsByPacket();
    List<Secrets> keys = new ArrayList<>();
    for (String each : secrets) {
      keys.add(Secrets.of(each));
    }
    Edit edit = new Edit(change, byPacket, keys);
    if (!isSorted) {
      return edit(List.of(file), edit);
    }
    try (SortedFile sorted = SortedFile.of(file, target)) {
      return edit(sorted.names(), edit);
    }
  }

  /// @param files one, or the sections of one that are to be merged
  private int edit(List<String> files, Edit edit) throws BadArgument, IOException {
    try (Sources sources = Sources.open(files)) {
      SavefileSection section = SavefileSection.OWN.withComments(fileComments);
      Job job = new Job(files.size() > 1, section, Rotation.NONE);
      return new CopyRun(sources, target, spec).run(job, edit);
    }
  }

  private long shiftNanos() throws BadArgument {
    if (shift == null) {
      return 0;
    }
    boolean isBack = shift.startsWith("-");
    String size = isBack || shift.startsWith("+") ? shift.substring(1) : shift;
    try {
      long nanos = new DurationConverter().convert(size).toNanos();
      return isBack ? -nanos : nanos;
    } catch (TypeConversionException e) {
      throw new BadArgument("--shift: " + e.getMessage());
    }
  }

  private Map<Long, List<String>> commentsByPacket() throws BadArgument {
    Map<Long, List<String>> byPacket = new HashMap<>();
    for (String each : comments) {
      int colon = each.indexOf(':');
      if (colon < 1 || colon > 18 || !each.substring(0, colon).matches("[1-9]\\d*")) {
        throw new BadArgument(
            "--comment '" + each + "' is not a packet's number and a text, such as 5:hello");
      }
      byPacket
          .computeIfAbsent(Long.parseLong(each.substring(0, colon)), _ -> new ArrayList<>())
          .add(each.substring(colon + 1));
    }
    return byPacket;
  }

  /// Secrets to add.
  ///
  /// @param kind a number of [#SECRETS]
  @SuppressWarnings("ArrayRecordComponent") // never changed
  private record Secrets(int kind, byte[] content) {
    /// Those that a value of `--add-secrets` names.
    static Secrets of(String text) throws BadArgument {
      int colon = text.indexOf(':');
      Integer kind = colon < 0 ? null : SECRETS.get(text.substring(0, colon));
      if (kind == null) {
        throw new BadArgument(
            "--add-secrets '" + text + "' does not begin with tls:, ssh: or wireguard:");
      }
      String name = text.substring(colon + 1);
      try {
        return new Secrets(kind, Files.readAllBytes(Path.of(name)));
      } catch (InvalidPathException e) {
        throw new BadArgument("'" + name + "' is not a file name");
      } catch (IOException e) {
        throw new BadArgument(name + ": " + Failure.reason(e));
      }
    }

    /// Their block in the section that a reader is in.
    byte[] block(SavefileReader at) {
      boolean isBigEndian = at.format() == SavefileFormat.PCAPNG && at.block().isBigEndian();
      return new BlockBuilder(isBigEndian)
          .begin(Pcapng.DECRYPTION_SECRETS)
          .word(kind)
          .word(content.length)
          .bytes(content)
          .end(Pcapng.DECRYPTION_SECRETS_BYTES + Pcapng.padded(content.length))
          .toArray();
    }
  }

  /// What becomes of each packet and block.
  private final class Edit implements Work {
    private final ChangedFrame change;
    private final Map<Long, List<String>> added;
    private final List<Secrets> keys;
    private boolean areKeysWritten;

    Edit(ChangedFrame change, Map<Long, List<String>> added, List<Secrets> keys) {
      this.change = change;
      this.added = added;
      this.keys = keys;
    }

    @Override
    public boolean packet(SavefileReader at, long number, SavefileCopy copy) throws IOException {
      if (!areKeysWritten) {
        areKeysWritten = true;
        for (Secrets each : keys) {
          copy.write(at, each.block(at));
        }
      }
      List<String> more = added.getOrDefault(number, List.of());
      boolean areDropped = areCommentsDropped && hasComments(at);
      if (!change.changes(at) && more.isEmpty() && !areDropped) {
        return copy.write(at);
      }
      List<String> all = new ArrayList<>(areCommentsDropped ? List.of() : at.comments());
      all.addAll(more);
      Frame changed = change.of(at);
      return copy.write(at, changed, all);
    }

    private static boolean hasComments(SavefileReader at) {
      return !at.comments().isEmpty();
    }

    @Override
    public void block(SavefileReader at, SavefileCopy copy) throws IOException {
      PcapngBlock block = at.block();
      boolean isSection = block.type() == Pcapng.SECTION_HEADER;
      if (areSecretsDropped && block.type() == Pcapng.DECRYPTION_SECRETS) {
        return;
      }
      List<String> more = isSection ? fileComments : List.of();
      boolean hasOptions = block.isPresent() && block.optionsDistance() < block.length() - 4;
      if (!more.isEmpty() || (areCommentsDropped && hasOptions)) {
        copy.write(at, recommented(block, more));
      } else {
        boolean _ = copy.write(at);
      }
    }

    /// The block with other comments.
    private byte[] recommented(PcapngBlock block, List<String> more) {
      int before = (int) block.optionsDistance();
      BlockBuilder built = new BlockBuilder(block.isBigEndian()).begin(block.type());
      for (int at = 8; at < before; at += 2) {
        built.half(block.half(at));
      }
      OptionCursor option = block.options(new OptionCursor());
      while (option.next()) {
        if (!areCommentsDropped || option.code() != Pcapng.OPT_COMMENT) {
          built.option(option.code(), option.value());
        }
      }
      more.forEach(each -> built.option(Pcapng.OPT_COMMENT, each));
      return built.end(before + 4).toArray();
    }
  }
}
