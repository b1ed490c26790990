/// The printer beside tcpdump: protocols of routers.
package io.ringtap.system.print.routing;
