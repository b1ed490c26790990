/// The lab's experiments in small, and what a killed lab leaves.
package io.ringtap.system.lab;
