/// `/probe`: pings whom a request names, as blackbox_exporter's icmp module does.
@NullMarked
package io.ringtap.monitor.blackbox;

import org.jspecify.annotations.NullMarked;
