/// What `ringtap top` looks like.
@NullMarked
package io.ringtap.cli.top.view;

import org.jspecify.annotations.NullMarked;
