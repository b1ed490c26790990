/// Decisions on numbers of a packet, and the program that makes them: the tree of conditions is
/// laid out as a graph of decisions, the graph is made small, and each decision is given registers
/// and a place.
@NullMarked
package io.ringtap.filter.graph;

import org.jspecify.annotations.NullMarked;
