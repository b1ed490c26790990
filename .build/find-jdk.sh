# Finds a JDK of version 25 or later without starting one; sourced by ./ringtap and ./dev.
#
# The places are asked in the order of find_jdk, and the first that has such a JDK wins. Of several in
# one place the oldest is taken, because it is the one that Ringtap is built and tested with.

jdk_needed=25

# Sets jdk_feature (25) and jdk_build (25.0.3+9-LTS) from the `release` file of the JDK at $1.
# Fails if there is none. Reads with the shell's own means: a sed for each would cost more than the search.
read_jdk() {
  jdk_feature=0 jdk_build=
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS='"' read -r key value _; do
    case $key in
      JAVA_VERSION=) jdk_feature=${value%%[!0-9]*} ;;
      JAVA_RUNTIME_VERSION=) jdk_build=$value ;;
    esac
  done <"$1/release"
  [ -n "$jdk_feature" ]
}

# Sets jdk to the oldest JDK among the arguments that is new enough.
choose_jdk() {
  jdk= jdk_best=
  for candidate; do
    if read_jdk "$candidate" && [ "$jdk_feature" -ge $jdk_needed ] \
        && { [ -z "$jdk_best" ] || [ "$jdk_feature" -lt "$jdk_best" ]; }; then
      jdk=$candidate jdk_best=$jdk_feature
    fi
  done
  [ -n "$jdk" ] && read_jdk "$jdk"
}

# Sets home_on_path to the home of the JDK that the link or file $1 leads to. Where distributions keep theirs, the shell
# finds it without a process.
resolve_home() {
  for home_on_path in /usr/lib/jvm/*; do
    [ -L "$home_on_path" ] || [ ! "$home_on_path/bin/java" -ef "$1" ] || return 0
  done
  home_on_path=$(readlink -f "$1") && home_on_path=${home_on_path%/bin/java}
}

# Sets jdk and jdk_build, or says on behalf of $1 what to install and fails.
find_jdk() {
  if [ -n "${RINGTAP_JAVA_HOME-}" ]; then
    choose_jdk "$RINGTAP_JAVA_HOME" && return
    echo "$1: RINGTAP_JAVA_HOME=$RINGTAP_JAVA_HOME is not a JDK $jdk_needed or later" >&2
    return 1
  fi
  choose_jdk "${JAVA_HOME-}" && return
  on_path=$(command -v java) && resolve_home "$on_path" && choose_jdk "$home_on_path" && return
  choose_jdk /usr/lib/jvm/* && return
  choose_jdk "${HOME-}"/.sdkman/candidates/java/* && return
  choose_jdk "${HOME-}"/.jdks/* && return
  choose_jdk "${HOME-}"/.local/share/mise/installs/java/* && return
  choose_jdk "${HOME-}"/.asdf/installs/java/* && return
  choose_jdk /opt/jdk* /opt/java* /opt/java/* && return
  echo "$1: needs a JDK $jdk_needed or later and found none: install one (Debian: openjdk-$jdk_needed-jdk or" \
    "temurin-$jdk_needed-jdk), or name its home in RINGTAP_JAVA_HOME" >&2
  return 1
}
