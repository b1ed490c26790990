/// Protocols of routers: routes, neighbors, labels and redundancy.
@NullMarked
package io.ringtap.print.routing;

import org.jspecify.annotations.NullMarked;
