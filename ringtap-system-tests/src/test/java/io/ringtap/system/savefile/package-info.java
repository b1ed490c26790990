/// Files that other tools read and write, and what is left of a file whose writer was killed.
package io.ringtap.system.savefile;
