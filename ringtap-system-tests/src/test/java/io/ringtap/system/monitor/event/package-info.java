/// What the monitor tells of virtual hosts to which things happen.
package io.ringtap.system.monitor.event;
