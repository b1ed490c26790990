/// Key exchange and encrypted transport: what can be read without keys.
@NullMarked
package io.ringtap.print.security;

import org.jspecify.annotations.NullMarked;
