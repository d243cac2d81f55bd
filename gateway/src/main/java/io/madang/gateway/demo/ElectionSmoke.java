package io.madang.gateway.demo;

import io.madang.chain.Receipt;
import io.madang.chain.ReceiptReading;
import io.madang.chain.ReceiptVerification;
import io.madang.chain.TrustedMembers;
import io.madang.gateway.client.AdministratorClient;
import io.madang.gateway.client.GatewayClient;
import io.madang.voting.archive.ArchiveSource;
import io.madang.voting.archive.ArchiveVerifier;
import io.madang.voting.archive.Progress;
import io.madang.voting.archive.Verdict;
import io.madang.voting.board.Checks;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Holds a small election from draft to verified result, with every role on its own. */
final class ElectionSmoke {
  private static final List<List<Integer>> FIRST = List.of(List.of(0, 1, 0, 0), List.of(1, 1, 0));
  private static final List<List<Integer>> SECOND = List.of(List.of(0, 0, 1, 0), List.of(0, 0, 1));
  private static final List<List<Integer>> BLANK = List.of(List.of(1, 0, 0, 0), List.of(0, 0, 0));

  private final GatewayClient anyone;
  private final AdministratorClient office;
  private final RolePrograms programs;
  private final Consumer<String> done;
  private final BiConsumer<String, byte[]> keep;

  /**
   * A run.
   *
   * @param done is told of each step
   * @param keep is given what is to be kept, by name
   */
  ElectionSmoke(
      GatewayClient anyone,
      AdministratorClient office,
      RolePrograms programs,
      Consumer<String> done,
      BiConsumer<String, byte[]> keep) {
    this.anyone = anyone;
    this.office = office;
    this.programs = programs;
    this.done = done;
    this.keep = keep;
  }

  void run() {
    var voters = SampleElection.voters(3);
    var held =
        SampleElection.open(
            anyone,
            office,
            SampleElections.draft("연습 선거", "A rehearsal", 3),
            voters,
            Instant.now().plus(Duration.ofHours(1)),
            programs,
            Set.of(2, 3));
    done.accept(
        "an election opened: 3 trustees, of whom 2 suffice, held their ceremony; credentials are in the mailbox");

    var replaced = held.cast(voters.get(0), FIRST);
    held.cast(voters.get(1), BLANK);
    held.cast(voters.get(2), SECOND);
    long before = System.nanoTime();
    var last = held.cast(voters.get(0), SECOND);
    var took = Duration.ofNanos(System.nanoTime() - before);
    done.accept(
        "three voters signed in and cast; one voted again, made and accepted in %d ms"
            .formatted(took.toMillis()));

    Smoke.expect(state(held, replaced).equals("replaced"), "the first ballot is replaced");
    Smoke.expect(state(held, last).equals("counts"), "the last ballot counts");
    prove(last.getString("transaction"));
    done.accept("the board shows every tracker; a receipt proves the last ballot offline");

    held.closeAndTally();
    held.awaitDecryption();
    held.publishResult();
    var expected = JsonArray.of(JsonArray.of(1, 0, 2, 0), JsonArray.of(0, 0, 2));
    Smoke.expect(
        held.standing().getJsonArray("result").equals(expected), "the result is what was voted");
    done.accept("the voting ended, two trustees decrypted the sum, the result stands");

    byte[] archive = held.archive();
    keep.accept(held.id() + ".bel", archive);
    var verdict =
        ArchiveVerifier.verify(ArchiveSource.of(archive), Checks.inOrder(), Progress.silent());
    Smoke.expect(
        verdict instanceof Verdict.Valid valid
            && valid.head().equals(held.standing().getString("head")),
        "the archive verifies");
    done.accept("the archive of " + held.id() + " verifies, every proof in it");
  }

  private String state(SampleElection held, JsonObject cast) {
    var inPath = cast.getString("tracker").replace('+', '-').replace('/', '_');
    return anyone.get(held.path("/ballots/" + inPath)).getString("state");
  }

  private void prove(String transaction) {
    byte[] members = anyone.bytes("/v1/votes/members");
    byte[] receipt = anyone.bytes("/v1/votes/receipts/" + transaction);
    keep.accept("votes-members.json", members);
    keep.accept("ballot-receipt.json", receipt);
    Smoke.expect(
        Receipt.read(receipt) instanceof ReceiptReading.Read(var read)
            && TrustedMembers.read(members) instanceof TrustedMembers.Reading.Read(var trusted)
            && read.verify(trusted) instanceof ReceiptVerification.Valid,
        "the ballot's receipt verifies");
  }
}
