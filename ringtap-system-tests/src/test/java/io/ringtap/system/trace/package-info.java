/// The library's tracer and `ringtap trace`, in chains of routers.
package io.ringtap.system.trace;
