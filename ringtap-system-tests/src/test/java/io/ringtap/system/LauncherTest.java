package io.ringtap.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the launcher starts the JVM with, in a tree that is built, with a JDK that is a shell
/// script and prints how it was called.
class LauncherTest {
  private static final String JAVA =
      """
      #!/bin/sh
      [ -z "${DESCRIPTORS-}" ] || (readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2 >"$DESCRIPTORS")
      echo "3 is $(readlink /proc/self/fd/3)"
      echo "locale $LC_ALL"
      echo "variables $JAVA_TOOL_OPTIONS$JDK_JAVA_OPTIONS$_JAVA_OPTIONS"
      printf '%s\\n' "$@"
      """;

  @TempDir Path root;
  private LauncherTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = LauncherTree.in(root, JAVA);
  }

  /// What the JVM says that the launcher starts.
  private List<String> launch(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(tree.launcher().toString()));
    command.addAll(List.of(arguments));
    return launch(environment, command);
  }

  private List<String> launch(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("RINGTAP_JAVA_HOME", tree.jdk().toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    List<String> said = process.inputReader().lines().toList();
    assertThat(process.waitFor()).as(said.toString()).isZero();
    return said;
  }

  @ParameterizedTest
  @CsvSource({
    "ping ::1,                   -ping,    short",
    "ping -c 30 10.0.0.1,        -ping,    short",
    "ping 10.0.0.0/24,           -ping-many, short",
    "ping 10.0.0.0/12,           -ping-many, long",
    "ping -f targets,            -ping-many, long",
    "ping -,                     -ping-many, long",
    "sweep 10.0.0.1,             -sweep,   long",
    "trace --csv 10.0.0.1,       -trace,   short",
    "capture -i lo,              -capture, long",
    "top -i lo,                  -capture, long",
    "filter net 10.0.0.0/12,     -other,   short",
    "filter --test x.pcap net 1, -other,   long",
    "interfaces,                 -other,   short",
  })
  void choosesTheCacheAndTheCompilersByTheCommand(String arguments, String cache, String flags)
      throws Exception {
    List<String> said = launch(Map.of(), arguments.split(" "));

    assertThat(said).contains("-XX:AOTCache=" + tree.cache(cache));
    assertThat(said.contains("-XX:TieredStopAtLevel=1")).isEqualTo(flags.equals("short"));
    assertThat(said.contains("-XX:CompileThresholdScaling=0.1")).isEqualTo(cache.equals("-ping"));
    assertThat(said).endsWith(arguments.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "monitor 10.0.0.1,                io.ringtap.monitor, sqlite",
    "monitor --from kafka,            io.ringtap.fleet,   sqlite kafka",
    "fleet agent --site a,            io.ringtap.fleet,   sqlite kafka",
    "fleet apply file,                io.ringtap.fleet,   sqlite kafka",
    "sweep --fleet 10.0.0.0/24,       io.ringtap.fleet,   sqlite kafka",
    "trace 10.0.0.1 --fleet,          io.ringtap.fleet,   sqlite kafka",
    "top --to kafka,                  io.ringtap.fleet,   sqlite kafka",
    "capture -i lo --to=kafka,        io.ringtap.fleet,   sqlite kafka",
    "capture -i lo -w kafka --to-pipe, '',                ''",
    "ping --fleet,                    '',                 ''",
  })
  void hasTheMonitorAndTheFleetOnTheModulePathOnlyIfAskedFor(
      String arguments, String module, String libraries) throws Exception {
    List<String> said = launch(Map.of(), arguments.split(" "));

    assertThat(said.stream().filter(it -> it.startsWith("io.ringtap.")).toList())
        .as(said.toString())
        .allMatch(it -> it.startsWith("io.ringtap.cli/") || (it + ",").startsWith(module + ","));
    assertThat(said.contains("--add-modules")).isEqualTo(!module.isEmpty());
    String path = said.get(said.indexOf("-p") + 1);
    for (String library : List.of("sqlite", "kafka")) {
      assertThat(path.contains(library + "-1.jar")).isEqualTo(libraries.contains(library));
    }
    assertThat(said.stream().anyMatch(it -> it.startsWith("-XX:AOTCache")))
        .isEqualTo(module.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping -c 1 ::1", "ping -c9 ::1", "as-ping -c 3 ::1"})
  void compilesLittleForFewProbes(String arguments) throws Exception {
    List<String> said = launch(Map.of(), arguments.split(" "));

    assertThat(said)
        .contains("-Xmn2m")
        .noneMatch(it -> it.startsWith("-XX:CompileThresholdScaling"));
  }

  @ParameterizedTest
  @CsvSource({
    "ping,   -c 30 ::1,     as-ping,    -as-ping, short",
    "ping4,  -f 10.0.0.1,   as-ping -4, -as-ping, short",
    "ping6,  ::1,           as-ping -6, -as-ping, short",
    "fping,  -c 3 10.0.0.1, fping,      -fping,   short",
    "fping,  -f targets,    fping,      -fping,   long",
    "fping6, ::1,           fping -6,   -fping,   short",
  })
  void isTheProgramThatItIsCalledAs(
      String name, String arguments, String words, String cache, String flags) throws Exception {
    Path link = Files.createSymbolicLink(root.resolve(name), Path.of("ringtap"));
    List<String> command = new ArrayList<>(List.of(link.toString()));
    command.addAll(List.of(arguments.split(" ")));

    List<String> said = launch(Map.of(), command);

    assertThat(said)
        .contains("-Dringtap.name=" + name)
        .contains("-XX:AOTCache=" + tree.cache(cache))
        .endsWith((words + " " + arguments).split(" "));
    assertThat(said.contains("-XX:TieredStopAtLevel=1")).isEqualTo(flags.equals("short"));
    assertThat(said.contains("-XX:CompileThresholdScaling=0.1"))
        .isEqualTo(cache.equals("-as-ping"));
  }

  @ParameterizedTest
  @CsvSource({"ringtap, 4, 3", "ping, 2, 2", "fping, 4, 4"})
  void endsAsTheProgramDoesWhenItCannotStart(String name, int notWorking, int notInstalled)
      throws Exception {
    Path link = root.resolve(name);
    if (!Files.exists(link)) {
      Files.createSymbolicLink(link, Path.of("ringtap"));
    }

    assertThat(exitCode("ulimit -v 1000000; exec \"$0\" ::1", link)).isEqualTo(notWorking);
    assertThat(exitCode("RINGTAP_JAVA_HOME=/nonexistent exec \"$0\" ::1", link))
        .isEqualTo(notInstalled);
  }

  private static int exitCode(String script, Path launcher) throws Exception {
    Process process = new ProcessBuilder("bash", "-c", script, launcher.toString()).start();
    assertThat(process.inputReader().lines()).isEmpty();
    assertThat(process.errorReader().lines()).hasSize(1);
    return process.waitFor();
  }

  @Test
  void usesNoCacheThatIsOlderThanTheJars() throws Exception {
    Path jar = tree.jar();
    Path cache = tree.cache("-other");
    Files.setLastModifiedTime(cache, Files.getLastModifiedTime(root.resolve("pom.xml")));
    Files.setLastModifiedTime(
        jar, FileTime.fromMillis(Files.getLastModifiedTime(cache).toMillis() + 1));

    assertThat(launch(Map.of(), "interfaces")).noneMatch(it -> it.startsWith("-XX:AOTCache"));
  }

  @Test
  void givesTheJvmNoOptionsThatAreMeantForOthers() throws Exception {
    Map<String, String> environment =
        Map.of("JAVA_TOOL_OPTIONS", "-Xa", "JDK_JAVA_OPTIONS", "-Xb", "_JAVA_OPTIONS", "-Xc");

    assertThat(launch(environment, "interfaces")).contains("variables ");
  }

  @Test
  void givesTheJvmTheOptionsThatAreMeantForIt() throws Exception {
    Map<String, String> environment = Map.of("RINGTAP_JAVA_OPTIONS", "-XX:+One -Dtwo=2");

    assertThat(launch(environment, "interfaces")).containsSubsequence("-XX:+One", "-Dtwo=2", "-p");
  }

  /// In an ASCII locale the JVM could not name a file with other letters.
  @ParameterizedTest
  @CsvSource({
    "C, '', C.UTF-8",
    "POSIX, de_DE.UTF-8, C.UTF-8",
    "'', '', C.UTF-8",
    "'', de_DE.UTF-8, ''"
  })
  void givesTheJvmALocaleThatKnowsAllLetters(String all, String language, String given)
      throws Exception {
    Map<String, String> environment = Map.of("LC_ALL", all, "LANG", language, "LC_CTYPE", "");

    assertThat(launch(environment, "interfaces")).contains("locale " + given);
  }

  @Test
  void reservesADescriptorForSigquit() throws Exception {
    assertThat(launch(Map.of(), "ping", "::1")).contains("3 is /dev/null");
  }

  /// Otherwise the JVM would open a file of its own there, and the command read or write it.
  @ParameterizedTest
  @CsvSource({"0, <&-", "1, >&-", "2, 2>&-"})
  void opensADescriptorThatIsClosed(int descriptor, String closed) throws Exception {
    Path descriptors = root.resolve("descriptors");
    String script = "exec \"$0\" ping ::1 " + closed;
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", script, tree.launcher().toString());
    builder.environment().put("RINGTAP_JAVA_HOME", tree.jdk().toString());
    builder.environment().put("DESCRIPTORS", descriptors.toString());
    Process process = builder.start();
    process.getOutputStream().close();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readAllLines(descriptors))
        .hasSize(3)
        .element(descriptor)
        .isEqualTo("/dev/null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ulimit -v 1000000       | ringtap: needs 3000000 KiB of address space, and may have 1000000 (ulimit -v)
          ulimit -n 16            | ringtap: needs 24 open files, and may have 16 (ulimit -n)
          cd gone && rmdir ../gone | ringtap: the working directory has been deleted
          """)
  void saysWhyTheJvmCannotStart(String before, String message) throws Exception {
    Files.createDirectory(root.resolve("gone"));
    String script = before + "; exec \"$0\" ping ::1 2>&1";
    Process process =
        new ProcessBuilder("bash", "-c", script, tree.launcher().toString())
            .directory(root.toFile())
            .start();

    assertThat(process.inputReader().lines()).contains(message).noneMatch(it -> it.contains("-XX"));
    assertThat(process.waitFor()).isEqualTo(4);
  }
}
