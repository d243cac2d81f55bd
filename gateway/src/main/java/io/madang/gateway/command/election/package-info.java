/**
 * An election's roles as commands on files: the registrar who hands out credentials, the trustees
 * who hold the key, and whoever keeps the archive. Each runs on a machine of its own.
 */
@NullMarked
package io.madang.gateway.command.election;

import org.jspecify.annotations.NullMarked;
