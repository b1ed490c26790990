package io.ringtap.system.situation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.Command;
import io.ringtap.system.situation.Trial.Verdicts;
import io.ringtap.testing.RequiresRoot;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What routers say beside: it is shown, and the probe goes on.
@RequiresRoot
class RouterNoticesTest {
  private static final int GATEWAY = 0x0A00001C; // 10.0.0.28

  @ParameterizedTest
  @CsvSource({
    "5, 1, redirect, raw",
    "5, 1, redirect, datagram",
    "4, 0, quench, raw",
    "4, 0, quench, datagram"
  })
  void redirectAndSourceQuenchAreShownAndDecideNothing(
      int type, int code, String word, String transport) throws Exception {
    try (Cable cable = Cable.toScripts();
        ScriptedHost _ =
            ScriptedHost.on(
                cable.far,
                (request, wire) -> {
                  wire.send(request.error(type, code, GATEWAY, "10.0.0.10"));
                  wire.send(request.reply());
                })) {
      cable.here.sysctl("net.ipv4.ping_group_range", "0 0");
      Trial trial =
          Trial.of(word + ", " + transport + " sockets", cable.here, "10.0.0.10")
              .options("", "", "--transport " + transport);

      Verdicts verdicts = trial.run();
      Command.Result words = trial.inWords();

      // ping ends early, for it counts what it shows, but it takes the replies too.
      assertThat(verdicts.ping().received()).as(verdicts.toString()).isPositive();
      assertThat(verdicts.fping().received()).as(verdicts.toString()).isEqualTo(3);
      assertThat(verdicts.ringtap().received()).as(verdicts.toString()).isEqualTo(3);
      assertThat(verdicts.ringtap().count("errors")).as(verdicts.toString()).isZero();
      assertThat(verdicts.ringtap().count("late")).as(verdicts.toString()).isZero();
      assertThat(verdicts.ringtap().of("notice")).hasSize(3);
      assertThat(verdicts.ringtap().count("notices")).isEqualTo(3);
      assertThat(String.join("\n", words.out())).containsIgnoringCase(word).contains("+3 notices");
    }
  }
}
