/**
 * Elections as a chain application: every member checks every proof itself before a record stands.
 */
@NullMarked
package io.madang.voting.chain;

import org.jspecify.annotations.NullMarked;
