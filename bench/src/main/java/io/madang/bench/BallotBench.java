package io.madang.bench;

import io.madang.gateway.gmp.Gmp;
import io.madang.voting.board.Checks;
import io.madang.voting.group.Group;
import io.madang.voting.group.Groups;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * What checking a ballot and opening a tally cost: ours against Debian's belenios-tool on the same
 * archives, one thread each, in processor time.
 */
final class BallotBench {
  private static final int BALLOTS = 200;
  private static final int ROUNDS = 5;

  /** Of belenios-tool 3.3 for a two-answer ballot, on this kind of machine. */
  private static final double TOOL_3_3_ED25519_MILLIS = 3.3;

  private BallotBench() {}

  /**
   * Measures and prints.
   *
   * @param arguments how many Ed25519 ballots to cast, tally and verify in the heap of this
   *     machine; none for the comparison with belenios-tool
   */
  public static void main(String[] arguments) throws IOException {
    Report.machine();
    if (arguments.length > 0) {
      LargeElection.hold(Integer.parseInt(arguments[0]));
      return;
    }
    larger();
    smaller();
    tally();
  }

  private static void larger() throws IOException {
    try (var archives = BallotArchives.write(Group.belenios2048(), BALLOTS)) {
      var plain = new double[ROUNDS];
      var gmp = new double[ROUNDS];
      var theirs = new double[ROUNDS];
      warmUp(() -> archives.ours(checks(Groups.plain())));
      warmUp(() -> archives.ours(checks(Gmp.groups())));
      for (int round = 0; round < ROUNDS; round++) {
        plain[round] = archives.ours(checks(Groups.plain()));
        gmp[round] = archives.ours(checks(Gmp.groups()));
        theirs[round] = archives.theirs();
      }
      var name = Group.belenios2048().name();
      ratio(name + ", plain Java", median(plain), median(theirs), 0.75);
      if (Gmp.library().isPresent()) {
        ratio(name + ", GMP", median(gmp), median(theirs), 0.5);
      } else {
        Report.say("%s, GMP: not on this machine (Debian: libgmp10)", name);
      }
    }
  }

  private static void smaller() throws IOException {
    try (var archives = BallotArchives.write(Group.ed25519(), BALLOTS)) {
      var plain = new double[ROUNDS];
      var theirs = new double[ROUNDS];
      warmUp(() -> archives.ours(checks(Groups.plain())));
      var name = Group.ed25519().name() + ", plain Java";
      for (int round = 0; round < ROUNDS; round++) {
        plain[round] = archives.ours(checks(Groups.plain()));
        theirs[round] = archives.theirs3().orElse(Double.NaN);
      }
      if (Double.isNaN(theirs[0])) {
        name += "; belenios-tool 3.3 is not here (voting/fetch-belenios-3), so its known time";
        Arrays.fill(theirs, TOOL_3_3_ED25519_MILLIS);
      }
      ratio(name, median(plain), median(theirs), 0.5);
    }
  }

  private static void tally() throws IOException {
    try (var archives = BallotArchives.write(Group.belenios2048(), BALLOTS)) {
      var ours = new double[ROUNDS];
      var theirs = new double[ROUNDS];
      var leg = TallyLeg.of(archives);
      warmUp(leg::ours);
      for (int round = 0; round < ROUNDS; round++) {
        ours[round] = leg.ours();
        theirs[round] = leg.theirs();
      }
      ratio(
          "from the archive of " + BALLOTS + " ballots to the result: tally, decryption, counts",
          median(ours),
          median(theirs),
          1);
    }
  }

  /** Lets the compiler see the code twice before it is measured. */
  private static void warmUp(Runnable leg) {
    leg.run();
    leg.run();
  }

  private static void ratio(String name, double ours, double theirs, double aim) {
    Report.say("%s: ours %.2f ms, belenios-tool %.2f ms", name, ours, theirs);
    Report.aim(ours / theirs <= aim, "ratio %.2f (aim %.2f)", ours / theirs, aim);
  }

  static double median(double[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static Checks checks(Groups groups) {
    return new Checks() {
      @Override
      public <T> List<T> run(List<Supplier<T>> checks) {
        return checks.stream().map(Supplier::get).toList();
      }

      @Override
      public Groups groups() {
        return groups;
      }
    };
  }
}
