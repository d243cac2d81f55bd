package io.madang.gateway.monitor;

import io.madang.chain.CommitCheck;
import io.madang.chain.MemberSet;
import io.madang.chain.TrustedMembers;
import io.madang.chain.json.JsonObject;
import io.madang.gateway.monitor.Alarm.Kind;
import java.io.IOException;

/**
 * Follows the signed heads of gateways into one archive. There must be one head for each height,
 * whoever shows it, and each must stand on the one before.
 */
final class HeadFollower {
  private static final String SUBJECT = "chain";
  private static final JsonObject NO_EVIDENCE = JsonObject.builder().build();

  private final TrustedMembers trusted;
  private final MemberSet members;
  private final HeadArchive archive;

  HeadFollower(TrustedMembers trusted, HeadArchive archive) {
    this.trusted = trusted;
    members = trusted.members();
    this.archive = archive;
  }

  /**
   * Reads all heads that a gateway has from the last one on that it showed.
   *
   * @param seen the height of that one; 0 when it never showed one
   * @return the height of its last head
   */
  long follow(BoardGateway gateway, long seen) throws IOException, GatewayTrouble, AlarmException {
    long height = Math.max(0, seen - 1);
    while (true) {
      var heads = gateway.heads(height);
      if (heads.isEmpty()) {
        break;
      }
      for (var head : heads) {
        accept(gateway, head, height);
        height = head.height();
      }
      archive.sync();
    }
    if (height < seen) {
      throw new AlarmException(
          Kind.SHRUNK,
          gateway,
          SUBJECT,
          "It showed a signed head of height %d and ends at %d now.".formatted(seen, height),
          JsonObject.builder().put("shown", shown(seen)).put("endsAt", height).build());
    }
    return height;
  }

  private JsonObject shown(long height) throws IOException {
    return archive.at(height).map(SignedHead::json).orElse(NO_EVIDENCE);
  }

  private void accept(BoardGateway gateway, SignedHead head, long before)
      throws IOException, AlarmException {
    requireSigned(gateway, head);
    boolean begins = before == 0 && archive.last() == 0;
    if (!begins && before > 0 && head.height() != before + 1) {
      throw new AlarmException(
          Kind.REORDERED,
          gateway,
          SUBJECT,
          "After height %d it shows height %d.".formatted(before, head.height()),
          JsonObject.builder().put("now", head.json()).build());
    }
    var ours = archive.at(head.height());
    if (ours.isPresent()) {
      if (!ours.get().hash().equals(head.hash())) {
        throw forked(
            gateway, ours.get(), head, "The members signed two blocks of height " + head.height());
      }
      return;
    }
    var parent = archive.at(head.height() - 1);
    if (parent.isEmpty() && archive.last() > 0) {
      throw new AlarmException(
          Kind.REORDERED,
          gateway,
          SUBJECT,
          "It shows height %d, which does not follow %d.".formatted(head.height(), archive.last()),
          JsonObject.builder().put("now", head.json()).build());
    }
    if (parent.isPresent()) {
      requireSuccessor(gateway, parent.get(), head);
    }
    archive.append(head);
  }

  private void requireSigned(BoardGateway gateway, SignedHead head) throws AlarmException {
    String fault =
        head.header().chain().equals(trusted.chain())
            ? switch (CommitCheck.check(members, head.header(), head.commit())) {
              case CommitCheck.Result.Final _ -> "";
              case CommitCheck.Result.Invalid(_, var detail) -> detail;
            }
            : "It is of another chain.";
    if (!fault.isEmpty()) {
      throw new AlarmException(
          Kind.UNSIGNED,
          gateway,
          SUBJECT,
          "The head of height %d is not signed as it must be: %s".formatted(head.height(), fault),
          JsonObject.builder().put("now", head.json()).build());
    }
  }

  private static void requireSuccessor(BoardGateway gateway, SignedHead parent, SignedHead head)
      throws AlarmException {
    if (!parent.isBefore(head)) {
      throw forked(
          gateway,
          parent,
          head,
          "The signed block %d does not stand on the signed block before it"
              .formatted(head.height()));
    }
    if (head.header().time().isBefore(parent.header().time())) {
      throw new AlarmException(
          Kind.CLOCK_BACK,
          gateway,
          SUBJECT,
          "Block time goes back at height %d, from %s to %s."
              .formatted(head.height(), parent.header().time(), head.header().time()),
          evidence(parent, head));
    }
  }

  private static AlarmException forked(
      BoardGateway gateway, SignedHead ours, SignedHead theirs, String sentence) {
    return new AlarmException(
        Kind.FORKED, gateway, SUBJECT, sentence + ".", evidence(ours, theirs));
  }

  private static JsonObject evidence(SignedHead ours, SignedHead theirs) {
    return JsonObject.builder().put("now", theirs.json()).put("shown", ours.json()).build();
  }
}
