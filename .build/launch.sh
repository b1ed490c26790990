# What starting the command has in common for a source tree (./ringtap) and for an installed package; sourced by both,
# first of all, for it changes their arguments. Called through a link named ping, ping4, ping6, fping or fping6, the
# command behaves as that program. What may be said before the JVM runs, and its exit code, are that program's too.

# A descriptor of 0 to 2 that is closed would become that of a file which the JVM opens for itself. What it leads
# to instead is empty as input, and as output refuses what is written.
[ -e /proc/self/fd/0 ] || exec 0</dev/null
[ -e /proc/self/fd/1 ] || exec 1</dev/null
[ -e /proc/self/fd/2 ] || exec 2</dev/null
# The command takes its SIGQUIT through descriptor 3, if that is free for it.
[ -e /proc/self/fd/3 ] || exec 3</dev/null
not_installed=3 not_working=4
face=
case ${0##*/} in
  ping) face=as-ping family= ;;
  ping4) face=as-ping family=-4 ;;
  ping6) face=as-ping family=-6 ;;
  fping) face=fping family= ;;
  fping6) face=fping family=-6 ;;
esac
if [ -n "$face" ]; then
  set -- $face $family "$@"
  face="-Dringtap.name=${0##*/}"
  case $1 in
    as-ping) not_installed=2 not_working=2 ;;
    fping) not_installed=4 ;;
  esac
fi
main=io.ringtap.cli/io.ringtap.cli.Main

# What the JVM prints of itself, such as warnings, is not to stand in the data.
# After the start the C library gives back what loading and compiling have left free: some 5 MB.
# A cache that is mapped where it was made for needs no pointer of it changed.
common="-XX:+DisplayVMOutputToStderr -XX:+UseSerialGC -XX:-UsePerfData -XX:TrimNativeHeapInterval=10000 -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 --enable-native-access=io.ringtap -Xlog:disable -Xlog:all=warning:stderr"

# Sets open_files, its hard limit hard_open_files, and address_space (KiB), each a number or "unlimited". Read from the
# kernel's own list: the shell prints a limit only, which takes a process for each to read.
read_limits() {
  open_files=unlimited hard_open_files=unlimited address_space=unlimited
  while read -r _ of_what _ soft hard _; do
    case $of_what in
      open) open_files=$soft hard_open_files=$hard ;;
      address)
        address_space=$soft
        [ "$soft" = unlimited ] || address_space=$((soft / 1024))
        return
        ;;
    esac
  done </proc/self/limits
}

# Ends the launcher where a JVM could not start: that would end with 1, which would say that a target did not answer.
check_limits() {
  [ . -ef "${PWD-}" ] || { echo "ringtap: the working directory has been deleted" >&2; exit $not_working; }
  read_limits
  needed=3000000 # KiB; reserved rather than used
  if [ "$address_space" != unlimited ] && [ "$address_space" -lt $needed ]; then
    echo "ringtap: needs $needed KiB of address space, and may have $address_space (ulimit -v)" >&2
    exit $not_working
  fi
  # Files of the JVM, sockets of a pinger, and a look-up of a name. What is allowed and not in force is taken.
  needed=24
  if [ "$hard_open_files" != "$open_files" ] && ulimit -Sn "$hard_open_files" 2>/dev/null; then
    open_files=$hard_open_files
  fi
  if [ "$open_files" != unlimited ] && [ "$open_files" -lt $needed ]; then
    echo "ringtap: needs $needed open files, and may have $open_files (ulimit -n)" >&2
    exit $not_working
  fi
}

# What other programs want of a JVM is not meant for this one, which would say on standard error that it has read it.
# RINGTAP_JAVA_OPTIONS is: flags in words without quotes, after the own ones.
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS
# In an ASCII locale, as cron's is, the JVM cannot name a file or an interface whose name has other letters.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
  C | POSIX) export LC_ALL=C.UTF-8 ;;
esac

# Sets kind: the commands that load much the same classes have a cache of classes in common.
choose_kind() {
  case ${1-} in
    capture | replay | top | pcap) kind=capture ;;
    trace | sweep | as-ping | fping) kind=$1 ;;
    ping)
      kind=ping
      for argument; do
        case $argument in
          - | -f* | --file* | */[0-9]*) kind=ping-many ;;
        esac
      done
      ;;
    *) kind=other ;;
  esac
}

# Sets extra: which modules are asked for that the command itself does without: "monitor", "fleet", which needs those of
# the monitor too, or nothing. Their jars are on the module path only then.
choose_extra() {
  extra=
  case ${1-} in
    monitor | fleet) extra=$1 ;;
    sweep | trace | top | capture) ;;
    *) return 0 ;;
  esac
  previous=
  for argument; do
    case "$previous $argument" in
      *" --fleet" | *" --from=kafka" | *" --to=kafka" | "--from kafka" | "--to kafka") extra=fleet ;;
    esac
    previous=$argument
  done
}

# Sets flags: the compilers and the heap, by what is asked. Needs kind and extra.
choose_flags() {
  short="-XX:TieredStopAtLevel=1 -Xms16m -Xmx128m"
  # What happens twenty times a second would be interpreted for minutes: compiled after a tenth of the usual number of
  # calls, it costs less than half. A sweep would pay for it, and so would a ping of less than ten probes. One target
  # needs no larger young generation than 2 MB, which makes the process 6 MB smaller.
  case ${1-}:$kind in
    ping:ping | as-ping:* | pps:*)
      short="$short -Xmn2m"
      previous=
      scaling=" -XX:CompileThresholdScaling=0.1"
      for argument; do
        case $previous$argument in
          *-c[1-9]) scaling= ;;
        esac
        previous=$argument
      done
      short=$short$scaling
      ;;
  esac
  long="-Xms16m -Xmx128m"
  # The second compiler takes seconds to earn what it costs, so only runs that may be very long get it, and a larger
  # heap: files, standard input, ranges, and prefixes of a quarter of a million addresses or more.
  # So does a capture, whose packets wait outside the heap.
  # Of a filter only a test on a file may be long: the prefixes in it are not to be swept. As ping there is one target.
  flags=$short
  for argument; do
    case ${1}:$argument in
      filter:--test*) flags=$long ;;
      filter:* | as-ping:*) ;;
      *:capture | *:replay | *:sweep | *:top | *:pcap | *:- | *:-f* | *:--file* | *:*:*/[0-9]* | *:*/[0-9] | *:*/1[0-4]) flags=$long ;;
      *:*.*.*.*-*.*.*.* | *:*:*-*:*) flags=$long ;;
    esac
  done
  case ${1-} in
    # It keeps the times of all targets, of which -g may make sixteen million.
    fping) flags="$flags -Xmx1g" ;;
    # It keeps the ranges of its files, which may be addresses by the million.
    sweep) flags="$flags -Xmx1g" ;;
    # It keeps where each packet of a file stands that it sorts.
    pcap) flags="$flags -Xmx2g" ;;
    # It holds what peers say.
    lab) flags="-Xms16m -Xmx1g" ;;
    # It is long-lived.
    monitor) flags="-Xms32m -Xmx256m" ;;
    # So is an agent; the others are short.
    fleet) [ "${2-}" != agent ] || flags="-Xms32m -Xmx256m" ;;
  esac
  # These modules are optional for that of the command. A cache would not fit. SQLite and Zstandard come with native
  # libraries, and the exporter's protobuf and Kafka still call Unsafe.
  case $extra in
    monitor) modules=io.ringtap.monitor native=org.xerial.sqlitejdbc ;;
    # What waits for a broker takes memory: up to 32 MB written, and 50 MB read.
    fleet)
      modules=io.ringtap.fleet,com.github.luben.zstd_jni native=org.xerial.sqlitejdbc,com.github.luben.zstd_jni
      flags="$flags -Xmx512m"
      ;;
    *) return 0 ;;
  esac
  cache=
  flags="$flags --add-modules $modules --enable-native-access=$native --sun-misc-unsafe-memory-access=allow"
}

# A script's background jobs begin with SIGINT ignored, and the JVM handles no signal that is ignored when it starts.
# The command makes good for that; what comes before it runs must not be lost either. SIGHUP stays as nohup wants it.
# Sets defaults: what is to run before the JVM, if anything.
choose_signals() {
  defaults=
  while read -r key value; do
    case $key:$value in
      SigIgn:*[2367abef]) defaults="env --default-signal=INT,TERM" ;;
    esac
    [ "$key" != SigIgn: ] || break
  done </proc/self/status
  [ -z "$defaults" ] || $defaults true 2>/dev/null || defaults=
}

# Becomes the JVM $java, which runs the command with these arguments. Each of these may be empty: the flag of a cache
# (cache), the modules that are not the runtime's own (module_path), what gives the JVM privileges (privileges), and
# what the lab is to run as a peer (launcher).
run_command() {
  choose_flags "$@"
  choose_signals
  exec $privileges $defaults "$java" ${cache:+"$cache"} $common $flags ${RINGTAP_JAVA_OPTIONS-} ${launcher:+"-Dringtap.launcher=$launcher"} ${face:+"$face"} ${module_path:+-p "$module_path"} -m $main "$@"
}
