/// Man pages of all commands. What `--help` prints, the model of the commands has, and so have the
/// pages; what it does not print is in a Markdown file for each page.
@NullMarked
package io.ringtap.dist.manual;

import org.jspecify.annotations.NullMarked;
