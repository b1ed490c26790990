/// What an experiment found, and how it is shown: raw samples with what they were taken on, as
/// JSON, as Markdown and as a page with pictures. Knows nothing of networks.
@NullMarked
package io.ringtap.lab.report;

import org.jspecify.annotations.NullMarked;
