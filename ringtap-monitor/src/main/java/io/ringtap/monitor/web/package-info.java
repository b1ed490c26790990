/// The HTTP server: routes, TLS, users and limits. Only routes that were registered exist; no path
/// of the machine is read on behalf of a client.
@NullMarked
package io.ringtap.monitor.web;

import org.jspecify.annotations.NullMarked;
