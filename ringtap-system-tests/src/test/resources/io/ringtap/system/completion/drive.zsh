# drive.zsh DIRECTORY: types each line of standard input and Tab into a zsh on a terminal of its own, and prints
# "> LINE" and what the completion offers there, a line each. What that zsh writes to standard error is passed on.
zmodload zsh/zpty
export DRIVE_DIRECTORY=$1 DRIVE_OFFERED=$(mktemp) DRIVE_ERRORS=$(mktemp)
zpty shell zsh -f -i
zpty -w shell "source ${0:h}/drive-setup.zsh"
zpty -r shell answer $'*<READY>*'
while IFS= read -r line; do
  : >$DRIVE_OFFERED
  zpty -w -n shell $line$'\t'
  zpty -r shell answer $'*<DONE>*'
  print -r -- "> $line"
  cat $DRIVE_OFFERED
done
zpty -d shell
cat $DRIVE_ERRORS >&2
rm -f $DRIVE_OFFERED $DRIVE_ERRORS
