package io.madang.gateway.gmp;

import io.madang.voting.group.Groups;
import io.madang.voting.group.LimbMultiplication;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The GNU multiple precision library, where the machine has it (Debian: libgmp10): it checks
 * ballots of the 2048-bit group in about half of Java's time. It gets public numbers only. Two of
 * its documented low-level functions are used, {@code mpn_mul_n} and {@code mpn_sqr}; a few
 * products are compared with Java's before it is trusted at all. {@code -Dmadang.gmp=off} leaves it
 * alone.
 */
public final class Gmp implements LimbMultiplication {
  private static final String SWITCH = "madang.gmp";
  private static final List<String> NAMES =
      List.of("libgmp.so.10", "libgmp.10.dylib", "/opt/homebrew/lib/libgmp.10.dylib");
  private static final int TRIALS = 20;
  private static final int TRIAL_LIMBS = 32;
  private static final Optional<Gmp> FOUND = find();

  private final MethodHandle multiply;
  private final MethodHandle square;

  @SuppressWarnings("restricted") // The two functions are what this class is for.
  private Gmp(SymbolLookup library) {
    var linker = Linker.nativeLinker();
    // Critical: short, calls nothing back, and may read and write Java's arrays in place.
    var critical = Linker.Option.critical(true);
    multiply =
        linker.downcallHandle(
            library.findOrThrow("__gmpn_mul_n"),
            FunctionDescriptor.ofVoid(
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG),
            critical);
    square =
        linker.downcallHandle(
            library.findOrThrow("__gmpn_sqr"),
            FunctionDescriptor.ofVoid(
                ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG),
            critical);
  }

  /** The groups with this library where it can be had, and in plain Java where not. */
  public static Groups groups() {
    return SharedGroups.GROUPS;
  }

  /** Holds one set of tables for the whole program, made when first asked for. */
  private static final class SharedGroups {
    static final Groups GROUPS = library().map(Groups::with).orElseGet(Groups::plain);
  }

  /** The library, unless it is missing, switched off, or computes something else than Java. */
  public static Optional<LimbMultiplication> library() {
    return "off".equals(System.getProperty(SWITCH)) ? Optional.empty() : FOUND.map(one -> one);
  }

  @SuppressWarnings("restricted")
  private static Optional<Gmp> find() {
    for (var name : NAMES) {
      try {
        var library = new Gmp(SymbolLookup.libraryLookup(name, Arena.global()));
        if (library.isRight()) {
          return Optional.of(library);
        }
      } catch (RuntimeException | LinkageError unusable) {
        // Not there, of another shape, or native access is denied: Java does the same work.
      }
    }
    return Optional.empty();
  }

  private boolean isRight() {
    var random = new SplittableRandom(1);
    for (int trial = 0; trial < TRIALS; trial++) {
      var a = random.longs(TRIAL_LIMBS).toArray();
      var b = random.longs(TRIAL_LIMBS).toArray();
      if (trial == 0) {
        Arrays.fill(a, -1);
        Arrays.fill(b, -1);
      }
      var product = new long[2 * TRIAL_LIMBS];
      multiply(product, a, b, TRIAL_LIMBS);
      if (!number(product).equals(number(a).multiply(number(b)))) {
        return false;
      }
      square(product, a, TRIAL_LIMBS);
      if (!number(product).equals(number(a).pow(2))) {
        return false;
      }
    }
    return true;
  }

  private static BigInteger number(long[] limbs) {
    var number = BigInteger.ZERO;
    for (int i = limbs.length - 1; i >= 0; i--) {
      number = number.shiftLeft(Long.SIZE).or(new BigInteger(Long.toUnsignedString(limbs[i])));
    }
    return number;
  }

  @Override
  public void multiply(long[] product, long[] a, long[] b, int limbs) {
    requireRoom(product, a, b, limbs);
    try {
      multiply.invokeExact(
          MemorySegment.ofArray(product),
          MemorySegment.ofArray(a),
          MemorySegment.ofArray(b),
          (long) limbs);
    } catch (Throwable impossible) {
      throw new IllegalStateException("a native call failed", impossible);
    }
  }

  @Override
  public void square(long[] product, long[] a, int limbs) {
    requireRoom(product, a, a, limbs);
    try {
      square.invokeExact(MemorySegment.ofArray(product), MemorySegment.ofArray(a), (long) limbs);
    } catch (Throwable impossible) {
      throw new IllegalStateException("a native call failed", impossible);
    }
  }

  /** Native code checks no bounds: a mistake of ours must not write beyond an array. */
  private static void requireRoom(long[] product, long[] a, long[] b, int limbs) {
    if (limbs < 1 || a.length < limbs || b.length < limbs || product.length < 2 * limbs) {
      throw new IllegalArgumentException("no room for a product of " + limbs + " limbs");
    }
  }
}
