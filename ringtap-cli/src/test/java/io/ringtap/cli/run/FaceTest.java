package io.ringtap.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.argument.Numbers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

class FaceTest {
  /// Refuses every target but `ok`.
  private static final class Program implements Face.Bearer, Callable<Integer> {
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    @Override
    public Face face() {
      return new Face("prog", "see 'prog -h'\n", new Face.Codes(11, 12, 13, 14));
    }

    @Override
    public Integer call() throws Exception {
      String target = spec.positionalParameters().getFirst().getValue();
      return switch (target) {
        case "ok" -> 0;
        case "bad" -> throw new BadArgument("a bad target");
        default -> throw new IllegalStateException("out of order");
      };
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          short | ok       | 0  | ""
          short | -Y ok    | 11 | prog: invalid option -- 'Y';see 'prog -h';
          short | -qY ok   | 11 | prog: invalid option -- 'Y';see 'prog -h';
          short | --foo ok | 11 | prog: invalid option -- '-';see 'prog -h';
          short | ok -c    | 11 | prog: option requires an argument -- 'c';see 'prog -h';
          short | -c x ok  | 12 | prog: 'x' is not a whole number;
          short | bad      | 13 | prog: a bad target;
          short | worse    | 14 | prog: out of order;
          long  | --foo ok | 11 | prog: invalid option -- 'foo';see 'prog -h';
          """)
  void refusesAsTheProgramDoes(String options, String arguments, int code, String lines) {
    CommandSpec spec = new Program().spec;
    OptionSpec.Builder count = OptionSpec.builder("-c").type(int.class).arity("1");
    spec.addOption(options.equals("long") ? count.names("-c", "--count").build() : count.build());
    spec.addOption(OptionSpec.builder("-q").type(boolean.class).build());
    spec.addPositional(PositionalParamSpec.builder().type(String.class).build());
    CommandLine root = new CommandLine(CommandSpec.create()).addSubcommand("prog", spec);
    Numbers.register(root);
    StringWriter err = new StringWriter();
    Failures.handle(root).setErr(new PrintWriter(err, true));

    int exitCode = root.execute(("prog " + arguments).split(" "));

    assertThat(err.toString().replace('\n', ';')).isEqualTo(lines);
    assertThat(exitCode).isEqualTo(code);
  }
}
