/// The monitor's page in a real browser.
@NullMarked
package io.ringtap.system.monitor.page;

import org.jspecify.annotations.NullMarked;
