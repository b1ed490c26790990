/// `ringtap sweep`: who is there, in whole prefixes.
@NullMarked
package io.ringtap.cli.sweep;

import org.jspecify.annotations.NullMarked;
