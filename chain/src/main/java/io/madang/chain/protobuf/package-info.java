/**
 * The protobuf wire format (protobuf.dev/programming-guides/encoding), as far as CometBFT's records
 * need it: a writer of the canonical form and a strict reader, without generated code.
 */
@NullMarked
package io.madang.chain.protobuf;

import org.jspecify.annotations.NullMarked;
