/// What OSI has in place of IP, with the routing protocol that outlived it.
@NullMarked
package io.ringtap.print.osi;

import org.jspecify.annotations.NullMarked;
