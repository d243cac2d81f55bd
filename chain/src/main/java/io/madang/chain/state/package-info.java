/**
 * State in rows: numbered tables of numbered slots, hashed by what changed. Every chain application
 * keeps its state so.
 */
@NullMarked
package io.madang.chain.state;

import org.jspecify.annotations.NullMarked;
