package io.madang.chain;

/**
 * A header with what a {@link LightClient} needs to judge it. Nothing in it is trusted.
 *
 * @param members those who signed this header
 * @param nextMembers those who sign the next one
 */
public record LightBlock(Header header, Commit commit, MemberSet members, MemberSet nextMembers) {}
