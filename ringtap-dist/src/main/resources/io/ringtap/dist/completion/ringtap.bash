# Completion of ringtap(1) for bash, with the package bash-completion. Generated from the commands' own options.

# Adds those of the words that begin as the current one does.
_ringtap_words() {
  local word
  for word in "$@"; do
    if [[ $word == "$cur"* ]]; then
      COMPREPLY+=("$word")
    fi
  done
}

# The same for a value of several words with commas between them.
_ringtap_list() {
  local word before=
  if [[ $cur == *,* ]]; then
    before=${cur%,*},
  fi
  for word in "$@"; do
    if [[ ,$before != *",$word,"* ]]; then
      _ringtap_words "$before$word"
    fi
  done
  compopt -o nospace 2>/dev/null # a comma may follow
}

_ringtap_interfaces() {
  local path
  for path in /sys/class/net/*/; do
    path=${path%/}
    _ringtap_words "${path##*/}"
  done
}

_ringtap_namespaces() {
  local path
  for path in /run/netns/*; do
    if [[ -e $path ]]; then
      _ringtap_words "${path##*/}"
    fi
  done
}

_ringtap_hosts() {
  _known_hosts_real -- "$cur"
}

_ringtap_users() {
  COMPREPLY+=($(compgen -u -- "$cur"))
}

_ringtap_programs() {
  COMPREPLY+=($(compgen -c -- "$cur"))
}

_ringtap_directories() {
  _filedir -d
}

# Files with one of these endings, or else all.
_ringtap_files() {
  _filedir "$@"
  if [[ $# -gt 0 && ${#COMPREPLY[@]} -eq 0 ]]; then
    _filedir
  fi
}

_ringtap_savefiles() {
  _ringtap_files '@(pcap|pcapng|cap)*([0-9])?(.gz)'
}

_ringtap_configurations() {
  _ringtap_files 'y?(a)ml'
}

# What may come next in a filter.
_ringtap_filter() {
  local -a keywords=(@keywords@)
  case $prev in
    @keywords.host@) _ringtap_hosts ;;
    @keywords.value@) ;;
    @keywords.either@)
      _ringtap_words "${keywords[@]}"
      _ringtap_hosts
      ;;
    *) _ringtap_words "${keywords[@]}" ;;
  esac
}

_ringtap_nothing() {
  :
}

# Sets, of a command, its subcommands and options; and in value how the value of an option completes, or the operand
# of a number. Value stays empty if there is no such option or operand, or the option has no value.
_ringtap_model() {
  subcommands=() options=() value=()
  case $1 in
@model@
  esac
}

# Sets value, as for one option, of a word with one or more letters. Attached is what begins the word if the value
# follows in it, and empty if the value is the next word.
_ringtap_letters() {
  local i
  attached=
  for ((i = 1; i < ${#2}; i++)); do
    _ringtap_model "$1" "-${2:i:1}"
    if ((${#value[@]})); then
      if ((i + 1 < ${#2})); then
        attached=${2:0:i+1}
      fi
      return
    fi
  done
}

# Sets value if the word is an option whose value is the next word.
_ringtap_option() {
  local attached=
  value=()
  case $2 in
    --*=*) ;;
    --*) _ringtap_model "$1" "$2" ;;
    *) _ringtap_letters "$1" "$2" ;;
  esac
  if [[ $attached ]]; then
    value=()
  fi
}

# Completes the current word as what value says: functions, and as the last one that for words, which come after it.
_ringtap_value() {
  local i
  for ((i = 0; i < ${#value[@]}; i++)); do
    case ${value[i]} in
      words | list)
        "_ringtap_${value[i]}" "${value[@]:i+1}"
        return
        ;;
      *) "_ringtap_${value[i]}" ;;
    esac
  done
}

_ringtap() {
  local IFS=$' \t\n' cur prev words cword split
  _init_completion -s -n : || return 0

  local command=ringtap operands=0 ended= pending= i word attached=
  local -a subcommands options value
  _ringtap_model "$command" ''
  for ((i = 1; i < cword; i++)); do
    word=${words[i]}
    if [[ ! $ended && $word == -- ]]; then
      ended=yes
    elif [[ ! $ended && $word == -?* ]]; then
      _ringtap_option "$command" "$word"
      if ((${#value[@]} && ++i == cword)); then
        pending=yes
      fi
    elif [[ " ${subcommands[*]} " == *" $word "* ]]; then
      command+=" $word"
      operands=0
      _ringtap_model "$command" ''
    else
      ((++operands))
    fi
  done

  if [[ $pending ]]; then
    _ringtap_value
  elif [[ ! $ended && $split == true ]]; then
    _ringtap_model "$command" "$prev"
    _ringtap_value
  elif [[ ! $ended && $cur == -[!-]?* ]]; then
    _ringtap_letters "$command" "$cur"
    if [[ $attached ]]; then
      cur=${cur#"$attached"}
      _ringtap_value
      COMPREPLY=("${COMPREPLY[@]/#/$attached}")
    fi
  elif [[ ! $ended && $cur == -* ]]; then
    _ringtap_model "$command" ''
    _ringtap_words "${options[@]}"
  else
    _ringtap_model "$command" "$operands"
    if [[ ! $ended && $operands -eq 0 ]]; then
      _ringtap_words "${subcommands[@]}"
    fi
    _ringtap_value
  fi
}

complete -F _ringtap ringtap
