/** The HTTP border: what comes in is checked against the contract, what goes out is uniform. */
@NullMarked
package io.madang.gateway.http;

import org.jspecify.annotations.NullMarked;
