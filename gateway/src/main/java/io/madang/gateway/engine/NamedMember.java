package io.madang.gateway.engine;

import io.madang.chain.Member;

/**
 * One who signs blocks.
 *
 * @param name for people
 */
public record NamedMember(String name, Member member) {}
