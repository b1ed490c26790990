/// Protocols of routers: routes, neighbors, labels, and who is the router.
@NullMarked
package io.ringtap.print.routing;

import org.jspecify.annotations.NullMarked;
