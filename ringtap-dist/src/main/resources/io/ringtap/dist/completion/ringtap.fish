# Completion of ringtap(1) for fish. Generated from the commands' own options.

function __ringtap_subcommands --description 'The subcommands of a command'
    switch "$argv"
@subcommands@
    end
end

function __ringtap_takes --description 'Whether the value of an option is the next word'
    switch "$argv"
@takes@
            return 0
    end
    return 1
end

function __ringtap_walk --description 'Sets what the words before the cursor lead to'
    # Each condition asks for it, a hundred times for one Tab.
    set -l words (commandline -opc)
    set -l line (string escape -- $words)
    test "$line" = "$__ringtap_line"; and return
    set -g __ringtap_line $line
    set -g __ringtap_command ringtap
    set -g __ringtap_operands 0
    set -l ended
    set -l skipped
    for word in $words[2..-1]
        if test -n "$skipped"
            set skipped
        else if test -n "$ended"
            set __ringtap_operands (math $__ringtap_operands + 1)
        else if test "$word" = --
            set ended yes
        else if string match -q -- '--*' $word
            __ringtap_takes $__ringtap_command $word; and set skipped yes
        else if string match -q -- '-?*' $word
            set -l rest (string sub -s 2 -- $word)
            while test -n "$rest"
                set -l letter (string sub -l 1 -- $rest)
                set rest (string sub -s 2 -- $rest)
                if __ringtap_takes $__ringtap_command -$letter
                    test -z "$rest"; and set skipped yes
                    break
                end
            end
        else if contains -- $word (__ringtap_subcommands $__ringtap_command)
            set __ringtap_command "$__ringtap_command $word"
            set __ringtap_operands 0
        else
            set __ringtap_operands (math $__ringtap_operands + 1)
        end
    end
end

function __ringtap_at --description 'Whether the words before the cursor lead to a command'
    __ringtap_walk
    test "$__ringtap_command" = "$argv"
end

function __ringtap_operand --description 'Whether an operand of a command comes next, from the first number on to the second'
    __ringtap_walk
    test "$__ringtap_command" = "$argv[3..-1]" -a $__ringtap_operands -ge $argv[1] -a $__ringtap_operands -le $argv[2]
end

function __ringtap_token --description 'The value that is being typed'
    string replace -r -- '^--[^=]*=' '' (commandline -ct)
end

function __ringtap_plain --description 'Words without a description, for fish would put that of the option beside each'
    test (count $argv) -eq 0; or printf '%s\t\n' $argv
end

function __ringtap_list --description 'Words that may stand with commas between them'
    set -l before (string match -r -- '.*,' (__ringtap_token))
    for word in $argv
        string match -q -- "*,$word,*" ",$before"; or echo $before$word
    end
end

function __ringtap_namespaces --description 'Named network namespaces'
    set -l paths /run/netns/*
    string replace -r '.*/' '' -- $paths
end

function __ringtap_files --description 'Files, those first whose names match'
    set -l files (complete -C '__ringtap_no_command '(__ringtap_token))
    string match -er -- $argv[1] $files
    string match -e -- '*/' $files
    printf '%s\n' $files
end

function __ringtap_filter --description 'What may come next in a filter'
    set -l keywords @keywords@
    switch (commandline -opc)[-1]
        case @keywords.host@
            __fish_print_hostnames
        case @keywords.value@
        case @keywords.either@
            printf '%s\n' $keywords
            __fish_print_hostnames
        case '*'
            printf '%s\n' $keywords
    end
end

complete -c ringtap -f
@model@
