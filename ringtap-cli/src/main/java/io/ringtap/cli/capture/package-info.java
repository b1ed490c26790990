/// `ringtap capture`: its options, what they come to, and its runs on interfaces and on files.
@NullMarked
package io.ringtap.cli.capture;

import org.jspecify.annotations.NullMarked;
