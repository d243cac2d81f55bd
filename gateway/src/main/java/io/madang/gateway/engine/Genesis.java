package io.madang.gateway.engine;

import io.madang.chain.json.JsonObject;
import java.util.List;

/**
 * What a chain begins with.
 *
 * @param chain its identifier
 * @param timeMillis the time before its first block
 * @param members who signs its blocks
 * @param applicationState what the application begins with
 */
public record Genesis(
    String chain, long timeMillis, List<Member> members, JsonObject applicationState) {}
