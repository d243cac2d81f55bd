package io.madang.chain;

import io.madang.chain.CommitSignature.Flag;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Follows a chain whose members change, by CometBFT's skipping verification: from a header that is
 * trusted to a later one, over any number of heights, as long as enough of the old members signed
 * the new header. Has no state and no clock; the time is given.
 *
 * <p>The old members must hold <em>more than a third</em> of the power among the new header's
 * signers: with at most a third of them dishonest, at least one honest member then vouches for the
 * new ones. That holds only while dishonest members can still be held to account, which is what the
 * trusting period says.
 */
public final class LightClient {
  private final Duration trustingPeriod;
  private final Duration clockDrift;

  /**
   * A light client.
   *
   * @param trustingPeriod how long a header stays trusted after its own time; shorter than the time
   *     in which members can leave with their stake
   * @param clockDrift how far the time of a new header may be ahead; CometBFT takes 10 seconds
   */
  public LightClient(Duration trustingPeriod, Duration clockDrift) {
    if (!trustingPeriod.isPositive() || clockDrift.isNegative()) {
      throw new IllegalArgumentException("a trusting period is positive, a drift not negative");
    }
    this.trustingPeriod = trustingPeriod;
    this.clockDrift = clockDrift;
  }

  /**
   * What is trusted: from outside at first, later what this client verified.
   *
   * @param nextMembers the members that the header names for the next height
   */
  public record Trusted(Header header, MemberSet nextMembers) {}

  /** What the client finds of a header. */
  public sealed interface Verdict {
    /** The header is trusted from now on. */
    record Success(Trusted trusted) implements Verdict {}

    /**
     * Too few of the trusted members signed. Try a header of a height between: members change step
     * by step.
     *
     * @param power of the trusted members that signed
     * @param totalPower of all trusted members
     */
    record NotEnoughTrust(long power, long totalPower) implements Verdict {}

    /**
     * The header is not to be trusted.
     *
     * @param detail one plain sentence
     */
    record Invalid(Reason reason, String detail) implements Verdict {}
  }

  /** Why a header is not to be trusted, in the order of the checks. */
  public enum Reason {
    /** The trusted header is too old to lead anywhere. */
    TRUST_EXPIRED,
    /** The header is from the future. */
    FROM_FUTURE,
    /** The header is of another chain. */
    CHAIN,
    /** The header is not higher than the trusted one. */
    HEIGHT,
    /** The header is not later than the trusted one. */
    TIME,
    /** The commit does not fit the header and its members. */
    COMMIT,
    /** The header names other next members. */
    NEXT_MEMBERS,
    /** The trusted header names other members for this very height. */
    MEMBERS,
    /** A signature is wrong. */
    SIGNATURE,
    /** The header's own members did not sign with more than two thirds of their power. */
    POWER
  }

  /** Verifies a header at a time by the caller's clock. */
  public Verdict verify(Trusted trusted, LightBlock block, Instant now) {
    return fault(trusted, block, now)
        .or(() -> trusts(trusted, block))
        .orElseGet(() -> verifyCommit(block));
  }

  private Optional<Verdict> fault(Trusted trusted, LightBlock block, Instant now) {
    var old = trusted.header();
    var header = block.header();
    if (!old.time().plus(trustingPeriod).isAfter(now)) {
      return invalid(Reason.TRUST_EXPIRED, "The trusted header is older than the trusting period.");
    }
    if (!header.time().isBefore(now.plus(clockDrift))) {
      return invalid(Reason.FROM_FUTURE, "The header is from the future.");
    }
    if (!header.chain().equals(old.chain())) {
      return invalid(Reason.CHAIN, "The header is of another chain.");
    }
    if (header.height() <= old.height()) {
      return invalid(Reason.HEIGHT, "The header is not higher than the trusted one.");
    }
    if (!header.time().isAfter(old.time())) {
      return invalid(Reason.TIME, "The header is not later than the trusted one.");
    }
    var misfit = CommitCheck.checkForm(block.members(), header, block.commit());
    if (misfit.isPresent()) {
      return invalid(Reason.COMMIT, misfit.get().detail());
    }
    if (!header.nextValidatorsHash().equals(Bytes.of(block.nextMembers().hash()))) {
      return invalid(Reason.NEXT_MEMBERS, "The header names other next members.");
    }
    return Optional.empty();
  }

  /** Whether the trusted header vouches for the new one's members; empty when it does. */
  private static Optional<Verdict> trusts(Trusted trusted, LightBlock block) {
    boolean adjacent = block.header().height() - 1 == trusted.header().height();
    if (!adjacent) {
      return overlaps(trusted.nextMembers(), block);
    }
    return block.header().validatorsHash().equals(trusted.header().nextValidatorsHash())
        ? Optional.empty()
        : invalid(Reason.MEMBERS, "The trusted header names other members for this height.");
  }

  /** Whether more than a third of the old members' power signed; empty when it did. */
  private static Optional<Verdict> overlaps(MemberSet old, LightBlock block) {
    long needed = old.totalPower() / 3;
    long power = 0;
    // Each old member counts at most once: the commit holds one place for each new member.
    for (var signature : block.commit().signatures()) {
      if (signature.flag() != Flag.COMMIT) {
        continue;
      }
      var member = old.withAddress(signature.address());
      if (member.isEmpty()) {
        continue;
      }
      if (!CommitCheck.verifies(member.get(), block.header().chain(), block.commit(), signature)) {
        return invalid(
            Reason.SIGNATURE, "The signature of member " + member.get().address() + " is wrong.");
      }
      power += member.get().power();
      if (power > needed) {
        return Optional.empty();
      }
    }
    return Optional.of(new Verdict.NotEnoughTrust(power, old.totalPower()));
  }

  private static Verdict verifyCommit(LightBlock block) {
    return switch (CommitCheck.checkEnough(block.members(), block.header(), block.commit())) {
      case CommitCheck.Result.Final _ ->
          new Verdict.Success(new Trusted(block.header(), block.nextMembers()));
      case CommitCheck.Result.Invalid(var reason, var detail) ->
          new Verdict.Invalid(
              switch (reason) {
                case SIGNATURE -> Reason.SIGNATURE;
                case POWER -> Reason.POWER;
                default -> Reason.COMMIT;
              },
              detail);
    };
  }

  private static Optional<Verdict> invalid(Reason reason, String detail) {
    return Optional.of(new Verdict.Invalid(reason, detail));
  }
}
