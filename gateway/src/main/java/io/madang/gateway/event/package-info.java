/** What happened to merchants, kept for those who are told and those who ask. */
@NullMarked
package io.madang.gateway.event;

import org.jspecify.annotations.NullMarked;
