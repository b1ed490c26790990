/// Completions for bash, zsh and fish: scripts made of the model of the commands, which need no JVM
/// when somebody presses Tab. [Command] is what they need of the model, [Value] what a value may
/// be; the functions that are the same whatever the commands have are in a script for each shell.
@NullMarked
package io.ringtap.dist.completion;

import org.jspecify.annotations.NullMarked;
