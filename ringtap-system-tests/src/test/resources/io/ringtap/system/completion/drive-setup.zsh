# What the zsh of drive.zsh needs: the completion, and a Tab that says what it would offer.
exec 2>>$DRIVE_ERRORS
fpath=($DRIVE_DIRECTORY $fpath)
autoload -U compinit
compinit -u -D
setopt nounset

# Stands before the builtin that takes the candidates, and writes down those that fit.
compadd() {
  if [[ ${(j: :)@[1,(i)(-|--)]} == *-[a-zA-Z]#[OAD]\ * ]]; then
    builtin compadd "$@" # which only compares
    return
  fi
  local -a fitting
  builtin compadd -A fitting "$@"
  (( ! $#fitting )) || print -rl -- $fitting >>$DRIVE_OFFERED
  builtin compadd "$@"
}

complete-and-clear() {
  IFS='eo-:,'
  zle complete-word
  IFS=$' \t\n\0'
  BUFFER=
  print -rn -- '<DONE>'
}
zle -N complete-and-clear
bindkey '^I' complete-and-clear

# Only now are keys read as they are typed.
zle-line-init() {
  zle -D zle-line-init
  print -rn -- '<READY>'
}
zle -N zle-line-init
