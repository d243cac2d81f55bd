/**
 * Rules of assets, attributes of accounts and programmes: shown to everybody, proposed by operators
 * and signed by approvers.
 */
@NullMarked
package io.madang.gateway.programme;

import org.jspecify.annotations.NullMarked;
