/**
 * Elections before and beside the chain: drafts, the roll, trustees' and registrar's mailbox,
 * sign-in of voters, who took part, rewards.
 */
@NullMarked
package io.madang.gateway.election;

import org.jspecify.annotations.NullMarked;
