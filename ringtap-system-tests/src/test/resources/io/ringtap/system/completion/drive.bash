# drive.bash DIRECTORY: completes each line of standard input at its end, as readline would have it done, and prints
# "> LINE" and a line for each candidate.
. /usr/share/bash-completion/bash_completion
. "$1/ringtap"

# Sets COMP_WORDS as bash does for a line without open quotes: words end at blanks, = and : are words of their own.
split() {
  local rest=$1 word= c
  COMP_WORDS=()
  while [[ $rest ]]; do
    c=${rest:0:1} rest=${rest:1}
    case $c in
      [=:])
        [[ ! $word ]] || COMP_WORDS+=("$word")
        COMP_WORDS+=("$c") word=
        ;;
      \\) word+=$c${rest:0:1} rest=${rest:1} ;;
      ' ')
        [[ ! $word ]] || COMP_WORDS+=("$word")
        word=
        ;;
      *) word+=$c ;;
    esac
  done
  # What follows = is another word only when it has begun.
  [[ ! $word && $c == [=:] ]] || COMP_WORDS+=("$word")
}

while IFS= read -r line; do
  split "$line"
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$line COMP_POINT=${#line} COMP_TYPE=9 COMP_KEY=9 COMPREPLY=()
  before=
  ((COMP_CWORD == 0)) || before=${COMP_WORDS[COMP_CWORD - 1]}
  set -u
  IFS='eo-:,'
  _ringtap ringtap "${COMP_WORDS[COMP_CWORD]}" "$before"
  IFS=$' \t\n'
  set +u
  printf '%s\n' "> $line" "${COMPREPLY[@]}"
done
