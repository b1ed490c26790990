/// The web configuration file of Prometheus' exporters: TLS, users and headers.
@NullMarked
package io.ringtap.monitor.web.security;

import org.jspecify.annotations.NullMarked;
