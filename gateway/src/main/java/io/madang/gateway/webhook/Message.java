package io.madang.gateway.webhook;

/**
 * An event on its way to an endpoint.
 *
 * @param number the event's, among its merchant's
 * @param id the event's, the same in every attempt
 * @param attempts how often it was tried
 * @param roundStart how many of these came before it was last asked to be sent again
 */
record Message(
    Endpoint endpoint, long number, String id, String body, int attempts, int roundStart) {}
