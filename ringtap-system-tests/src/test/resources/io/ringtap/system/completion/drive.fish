# drive.fish DIRECTORY: completes each line of standard input at its end, and prints "> LINE" and a line for each
# candidate, with its description after a tab.
source $argv[1]/ringtap.fish
set -g IFS 'eo-:,'
while read -l -d \n line
    printf '%s\n' "> $line"
    complete -C $line
end
