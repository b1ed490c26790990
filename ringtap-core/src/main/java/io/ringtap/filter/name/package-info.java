/// What names in a filter stand for: hosts, networks, services, protocols. Knows nobody.
@NullMarked
package io.ringtap.filter.name;

import org.jspecify.annotations.NullMarked;
