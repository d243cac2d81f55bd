/**
 * Fuzz tests. A plain run replays the inputs that are kept; {@code JAZZER_FUZZ=1 ./mvnw -pl fuzz
 * -am test -Dtest=QrFuzzTest} looks for new ones.
 */
@NullMarked
package io.madang.fuzz;

import org.jspecify.annotations.NullMarked;
