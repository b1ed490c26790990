/// Completions in the shells that they are for.
package io.ringtap.system.completion;
