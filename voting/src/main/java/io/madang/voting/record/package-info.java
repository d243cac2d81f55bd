/**
 * Election records as texts: the one accepted form of each, limits, and what is said when a text is
 * refused.
 */
@NullMarked
package io.madang.voting.record;

import org.jspecify.annotations.NullMarked;
