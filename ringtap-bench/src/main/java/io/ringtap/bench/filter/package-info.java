/// The filter compiler's programs and its speed, compared to libpcap's compiler.
package io.ringtap.bench.filter;
