/// What names in a filter stand for: hosts, networks, services, protocols. Uses no other part of
/// the filter.
@NullMarked
package io.ringtap.filter.name;

import org.jspecify.annotations.NullMarked;
