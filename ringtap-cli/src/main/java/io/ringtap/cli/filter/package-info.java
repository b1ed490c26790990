/// `ringtap filter`: what a filter expression comes to, and which packets of a file it matches.
@NullMarked
package io.ringtap.cli.filter;

import org.jspecify.annotations.NullMarked;
