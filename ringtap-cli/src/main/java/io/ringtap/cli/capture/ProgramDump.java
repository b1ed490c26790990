package io.ringtap.cli.capture;

import io.ringtap.bpf.BpfAssembler;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureFilter;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.SavefileCapture;
import io.ringtap.cli.capture.CapturePlan.Input;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.source.CaptureOpening;
import io.ringtap.cli.source.Programs;
import io.ringtap.cli.terminal.Output;
import io.ringtap.filter.FilterCompiler;
import io.ringtap.filter.FilterOptions;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// `-d`: prints the program that packets must pass, in one of three forms.
final class ProgramDump {
  private final int form;

  /// @param form how many times `-d` was given
  ProgramDump(int form) {
    this.form = form;
  }

  /// Prints the program for the interface or file.
  ///
  /// @throws BadArgument if there are several interfaces
  /// @throws io.ringtap.filter.FilterException if the expression is not valid for it
  void print(Input input, Output out) throws BadArgument, IOException {
    BpfProgram program =
        switch (input) {
          case Input.Live live -> program(live.options());
          case Input.Saved saved -> program(saved);
        };
    print(program, out);
  }

  /// Prints the program for packets of a link type.
  ///
  /// @param filter null passes all
  void print(@Nullable CaptureFilter filter, LinkType linkType, Output out) {
    print(program(filter, linkType), out);
  }

  private void print(BpfProgram program, Output out) {
    out.text(new StringBuilder(Programs.text(program, form)).append('\n'));
  }

  private static BpfProgram program(CaptureOptions options) throws BadArgument, IOException {
    if (options.interfaces().size() > 1) {
      throw new BadArgument("-d prints one program: name one interface");
    }
    return Capture.programs(options).getFirst();
  }

  private static BpfProgram program(Input.Saved saved) throws BadArgument, IOException {
    CaptureFilter filter = saved.filter();
    if (filter == null) {
      return program(null, LinkType.ETHERNET);
    }
    String first = saved.files().getFirst();
    try (SavefileCapture file = CaptureOpening.open(saved.option(), first, null, _ -> {})) {
      if (!file.reader().next()) {
        throw new BadArgument(file.name() + ": no packet, so its link type is not known");
      }
      return program(filter, file.reader().linkType());
    }
  }

  private static BpfProgram program(@Nullable CaptureFilter filter, LinkType linkType) {
    return switch (filter) {
      case null -> new BpfAssembler().ret(Frame.MAX_SNAPLEN).assemble();
      case CaptureFilter.Program(BpfProgram ready) -> ready;
      case CaptureFilter.Expression(String text, boolean anyVlan, boolean optimize) ->
          FilterCompiler.compile(
              text, FilterOptions.of(linkType).withAnyVlan(anyVlan).withOptimize(optimize));
    };
  }
}
