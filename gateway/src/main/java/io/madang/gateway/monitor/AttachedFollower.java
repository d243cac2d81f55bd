package io.madang.gateway.monitor;

import io.madang.chain.Base64Url;
import io.madang.chain.Hash;
import io.madang.chain.TrustedMembers;
import io.madang.chain.json.JsonNumber;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import io.madang.gateway.monitor.Alarm.Kind;
import io.madang.gateway.monitor.BoardGateway.AttachedSummary;
import io.madang.voting.ElectionId;
import io.madang.voting.chain.AttachedHead;
import io.madang.voting.chain.VotingOperation.AttachedResult;
import io.madang.voting.chain.VotingOperation.AttachedTerms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the hashes of each attached election's board in their order, recomputes its head, and
 * compares with them whatever a gateway shows later.
 */
final class AttachedFollower {
  private static final String CLOSED = "closed";
  private static final String FINISHED = "finished";

  private final TrustedMembers trusted;
  private final Path folder;

  /** What was found right, so that a board that stands still costs nothing. */
  private final Map<ElectionId, AttachedSummary> right = new HashMap<>();

  AttachedFollower(TrustedMembers trusted, Path folder) {
    this.trusted = trusted;
    this.folder = folder;
  }

  /**
   * Compares one board.
   *
   * @param seen how many hashes this gateway showed before
   * @return how many it shows now
   */
  long follow(BoardGateway gateway, AttachedSummary board, long seen)
      throws IOException, GatewayTrouble, AlarmException {
    if (board.equals(right.get(board.id())) && board.hashes() >= seen) {
      return board.hashes();
    }
    var copy = folder.resolve(board.id() + ".hashes");
    var ours = read(copy);
    if (board.hashes() < seen) {
      throw alarm(
          Kind.SHRUNK,
          gateway,
          board,
          "It showed %d hashes and says now that there are %d.".formatted(seen, board.hashes()),
          ours);
    }
    if (ours.size() >= board.hashes() && isHeadOf(board, ours.subList(0, (int) board.hashes()))) {
      right.put(board.id(), board);
      return board.hashes();
    }
    // What follows what we have, if the head says that it does; otherwise all of it, to compare.
    var grown = new ArrayList<>(ours);
    if (ours.size() < board.hashes()) {
      addFrom(gateway, board, grown);
    }
    if (grown.size() != board.hashes() || !isHeadOf(board, grown)) {
      var theirs = new ArrayList<Hash>();
      addFrom(gateway, board, theirs);
      throw difference(gateway, board, ours, theirs);
    }
    compareWithReceipt(gateway, board, grown);
    write(copy, grown);
    right.put(board.id(), board);
    return board.hashes();
  }

  private static void addFrom(BoardGateway gateway, AttachedSummary board, List<Hash> to)
      throws GatewayTrouble {
    while (to.size() < board.hashes()) {
      var more = gateway.attachedBallots(board.id(), to.size());
      if (more.isEmpty()) {
        return;
      }
      more.stream().limit(board.hashes() - to.size()).forEach(to::add);
    }
  }

  /** The members have signed the head that the newest hashes led to. */
  private void compareWithReceipt(BoardGateway gateway, AttachedSummary board, List<Hash> hashes)
      throws GatewayTrouble, AlarmException {
    var bytes =
        hashes.isEmpty()
            ? Optional.<byte[]>empty()
            : gateway.attachedReceipt(board.id(), hashes.getLast());
    if (bytes.isEmpty()) {
      return;
    }
    String fault =
        switch (SignedResult.of(bytes.get(), trusted)) {
          case SignedResult.Signed(var result) -> fault(board, hashes, result);
          case SignedResult.Unsigned(var unsigned) -> unsigned;
        };
    if (!fault.isEmpty()) {
      throw new AlarmException(
          Kind.UNSIGNED,
          gateway,
          board.id().text(),
          "The receipt of its newest hash does not prove its board: " + fault,
          JsonObject.builder()
              .put("receipt", Base64Url.encode(bytes.get()))
              .put("shown", JsonObject.builder().put("hashes", hashes.size()).build())
              .build());
    }
  }

  /** What is wrong with a signed result for these hashes, or nothing. */
  private static String fault(AttachedSummary board, List<Hash> hashes, JsonObject result) {
    if (!(result.members().get("election") instanceof JsonText(var election))
        || !(result.members().get("hashes") instanceof JsonNumber(long count))
        || !(result.members().get("head") instanceof JsonText(var head))
        || !election.equals(board.id().text())
        || count < 1) {
      return "It is of something else.";
    }
    // Of a board that grew meanwhile more is signed than was read.
    if (count > hashes.size()) {
      return "";
    }
    var ours = openHead(board, hashes.subList(0, (int) count)).hash();
    return Base64Url.encode(ours.bytes()).equals(head)
        ? ""
        : "The members signed another head after %d hashes.".formatted(count);
  }

  private static AlarmException difference(
      BoardGateway gateway, AttachedSummary board, List<Hash> ours, List<Hash> theirs) {
    boolean extended = theirs.size() >= ours.size() && theirs.subList(0, ours.size()).equals(ours);
    if (extended && theirs.size() < board.hashes()) {
      return alarm(
          Kind.SHRUNK,
          gateway,
          board,
          "It shows %d hashes of %d.".formatted(theirs.size(), board.hashes()),
          ours);
    }
    if (extended) {
      return alarm(
          Kind.FORKED, gateway, board, "Its hashes do not lead to the head that it says.", theirs);
    }
    var difference = BoardDifference.between(ours, theirs);
    return alarm(difference.kind(), gateway, board, difference.sentence(), ours);
  }

  private static AttachedHead openHead(AttachedSummary board, List<Hash> hashes) {
    var head =
        AttachedHead.of(
            board.id(),
            new AttachedTerms(
                board.key(), board.titleEnglish(), board.titleKorean(), board.closesMillis()));
    for (var hash : hashes) {
      head = head.after(hash);
    }
    return head;
  }

  private static boolean isHeadOf(AttachedSummary board, List<Hash> hashes) {
    var head = openHead(board, hashes);
    if (board.stage().equals(CLOSED) || board.stage().equals(FINISHED)) {
      head = head.closed();
    }
    if (board.stage().equals(FINISHED)) {
      head =
          head.finished(
              new AttachedResult(
                  board.resultHash().orElse(Hash.sha256(new byte[0])), board.result().orElse("")));
    }
    return head.hash().equals(board.head());
  }

  private static List<Hash> read(Path copy) throws IOException {
    if (!Files.exists(copy)) {
      return List.of();
    }
    var hashes = new ArrayList<Hash>();
    for (var line : Files.readAllLines(copy, StandardCharsets.US_ASCII)) {
      hashes.add(
          Optional.of(line)
              .flatMap(Base64Url::decode)
              .filter(bytes -> bytes.length == Hash.LENGTH)
              .map(Hash::of)
              .orElseThrow(() -> new IOException(copy + " is damaged.")));
    }
    return hashes;
  }

  private static void write(Path copy, List<Hash> hashes) throws IOException {
    Files.write(
        Copies.prepared(copy),
        hashes.stream().map(hash -> Base64Url.encode(hash.bytes())).toList(),
        StandardCharsets.US_ASCII);
    Copies.replace(copy);
  }

  private static AlarmException alarm(
      Kind kind, BoardGateway gateway, AttachedSummary board, String sentence, List<Hash> hashes) {
    return new AlarmException(
        kind,
        gateway,
        board.id().text(),
        sentence,
        JsonObject.builder()
            .put(
                "now",
                JsonObject.builder()
                    .put("hashes", board.hashes())
                    .put("head", Base64Url.encode(board.head().bytes()))
                    .build())
            .put("shown", JsonObject.builder().put("hashes", hashes.size()).build())
            .build());
  }
}
