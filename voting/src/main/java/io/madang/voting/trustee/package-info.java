/**
 * Trustees: who together hold the key to the result and to nothing else. Single trustees are each
 * needed; of a threshold group any t of m are. Secret keys stay with their owners.
 */
@NullMarked
package io.madang.voting.trustee;

import org.jspecify.annotations.NullMarked;
