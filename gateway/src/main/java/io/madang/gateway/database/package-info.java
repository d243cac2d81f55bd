/** PostgreSQL: the one that the gateway brings, its address, its tables and its connections. */
@NullMarked
package io.madang.gateway.database;

import org.jspecify.annotations.NullMarked;
