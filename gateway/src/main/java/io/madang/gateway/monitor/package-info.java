/**
 * Watches the boards of votes from outside, as anybody may: keeps what the gateways have signed and
 * shown, and raises an alarm when one of them takes it back.
 */
@NullMarked
package io.madang.gateway.monitor;

import org.jspecify.annotations.NullMarked;
