/// What is worth telling somebody: the rules by which outcomes become events, and their delivery.
@NullMarked
package io.ringtap.monitor.event;

import org.jspecify.annotations.NullMarked;
