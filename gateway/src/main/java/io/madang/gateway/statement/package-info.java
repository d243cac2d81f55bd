/** Statements of what a merchant was settled: on the page, as PDF, XLSX and CSV. */
@NullMarked
package io.madang.gateway.statement;

import org.jspecify.annotations.NullMarked;
