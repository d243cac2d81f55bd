package io.madang.chain;

import io.madang.chain.CommitSignature.Flag;
import io.madang.chain.crypto.Ed25519;
import io.madang.chain.crypto.Ed25519PublicKey;
import java.util.Optional;

/**
 * Whether the members made a header final: the commit is for this header, and signatures of more
 * than two thirds of the members' power stand under it.
 *
 * <p>For a chain whose members are known this is all that trust in a header needs. For a chain
 * whose members change, {@link LightClient} finds out who they are.
 */
public final class CommitCheck {
  private CommitCheck() {}

  /** What a check finds. */
  public sealed interface Result {
    /**
     * The header is final.
     *
     * @param power of the members that signed it
     */
    record Final(long power) implements Result {}

    /**
     * The header is not proven to be final.
     *
     * @param detail one plain sentence
     */
    record Invalid(Reason reason, String detail) implements Result {}
  }

  /** Why a commit proves nothing, in the order of the checks. */
  public enum Reason {
    /** The header names other members. */
    MEMBERS,
    /** The commit is for another height. */
    HEIGHT,
    /** The commit is for another header. */
    HEADER,
    /** There is not one signature for each member. */
    SIGNATURE_COUNT,
    /** A signature stands in another member's place. */
    MEMBER,
    /** The place of an absent member is not empty. */
    ABSENT,
    /** A signature is wrong. */
    SIGNATURE,
    /** Those who signed have not more than two thirds of the power. */
    POWER
  }

  /**
   * Checks a commit and every signature in it, whether its power is needed or not. So a commit with
   * anything wrong in it is refused.
   */
  public static Result check(MemberSet members, Header header, Commit commit) {
    var fault = checkForm(members, header, commit);
    if (fault.isPresent()) {
      return fault.get();
    }
    long power = 0;
    for (int i = 0; i < commit.signatures().size(); i++) {
      var signature = commit.signatures().get(i);
      if (signature.flag() == Flag.ABSENT) {
        if (!signature.equals(CommitSignature.ABSENT)) {
          return new Result.Invalid(Reason.ABSENT, "An absent member has no signature.");
        }
        continue;
      }
      var member = members.members().get(i);
      if (!verifies(member, header.chain(), commit, signature)) {
        return wrongSignature(member);
      }
      if (signature.flag() == Flag.COMMIT) {
        power += member.power();
      }
    }
    return judge(power, members);
  }

  /**
   * Checks a commit as CometBFT's light client does: votes for the block only, and only until there
   * are enough.
   */
  static Result checkEnough(MemberSet members, Header header, Commit commit) {
    var fault = checkForm(members, header, commit);
    if (fault.isPresent()) {
      return fault.get();
    }
    long power = 0;
    for (int i = 0; i < commit.signatures().size() && !isEnough(power, members); i++) {
      var signature = commit.signatures().get(i);
      if (signature.flag() == Flag.COMMIT) {
        var member = members.members().get(i);
        if (!verifies(member, header.chain(), commit, signature)) {
          return wrongSignature(member);
        }
        power += member.power();
      }
    }
    return judge(power, members);
  }

  /**
   * Everything but the signatures themselves: whether the commit fits the header and the members.
   */
  static Optional<Result.Invalid> checkForm(MemberSet members, Header header, Commit commit) {
    if (!header.validatorsHash().equals(Bytes.of(members.hash()))) {
      return invalid(Reason.MEMBERS, "The header names other members.");
    }
    if (commit.height() != header.height()) {
      return invalid(Reason.HEIGHT, "The commit is for another height.");
    }
    if (!commit.blockId().hash().equals(Bytes.of(header.hash()))) {
      return invalid(Reason.HEADER, "The commit is for another header.");
    }
    if (commit.signatures().size() != members.members().size()) {
      return invalid(Reason.SIGNATURE_COUNT, "The commit has not one signature for each member.");
    }
    for (int i = 0; i < commit.signatures().size(); i++) {
      var signature = commit.signatures().get(i);
      if (signature.flag() != Flag.ABSENT
          && !signature.address().equals(members.members().get(i).address())) {
        return invalid(Reason.MEMBER, "A signature stands in another member's place.");
      }
    }
    return Optional.empty();
  }

  /** Whether a vote in the commit, which is no absent one, has this member's signature. */
  static boolean verifies(Member member, String chain, Commit commit, CommitSignature signature) {
    return Ed25519PublicKey.parse(member.key().bytes())
        .filter(
            key ->
                Ed25519.verify(
                    key, commit.signBytes(chain, signature), signature.signature().content()))
        .isPresent();
  }

  /**
   * Whether a power is more than two thirds of all members', with CometBFT's whole-number division.
   */
  private static boolean isEnough(long power, MemberSet members) {
    return power > members.totalPower() * 2 / 3;
  }

  private static Result judge(long power, MemberSet members) {
    return isEnough(power, members)
        ? new Result.Final(power)
        : new Result.Invalid(
            Reason.POWER,
            "The power of those who signed, "
                + power
                + ", is not more than two thirds of "
                + members.totalPower()
                + ".");
  }

  private static Result wrongSignature(Member member) {
    return new Result.Invalid(
        Reason.SIGNATURE, "The signature of member " + member.address() + " is wrong.");
  }

  private static Optional<Result.Invalid> invalid(Reason reason, String detail) {
    return Optional.of(new Result.Invalid(reason, detail));
  }
}
