/** What a gateway is set up with: keys, secrets and the chain's first document, in one folder. */
@NullMarked
package io.madang.gateway.setup;

import org.jspecify.annotations.NullMarked;
