/// Tests that hold the filter compiler against tcpdump's programs and against the running kernel.
package io.ringtap.system.filter;
