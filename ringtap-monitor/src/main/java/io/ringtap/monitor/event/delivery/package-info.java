/// Tells others of events: Alertmanagers, webhooks, commands. Nothing here holds up the collector.
@NullMarked
package io.ringtap.monitor.event.delivery;

import org.jspecify.annotations.NullMarked;
