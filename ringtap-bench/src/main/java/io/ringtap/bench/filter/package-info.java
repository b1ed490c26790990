/// What the filter compiler makes and what that costs, beside libpcap's compiler.
package io.ringtap.bench.filter;
