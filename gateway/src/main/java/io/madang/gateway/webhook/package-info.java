/** Tells merchants' own servers what happened, by the Standard Webhooks convention. */
@NullMarked
package io.madang.gateway.webhook;

import org.jspecify.annotations.NullMarked;
