package io.madang.gateway.voting;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Hash;
import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.chain.json.JsonObject;
import io.madang.gateway.Client;
import io.madang.gateway.Client.Answer;
import io.madang.gateway.Town;
import io.madang.gateway.database.TestPostgres;
import io.madang.voting.ElectionId;
import io.madang.voting.SampleElection;
import io.madang.voting.chain.Purpose;
import io.madang.voting.chain.RecordKind;
import io.madang.voting.chain.VotingOperation;
import io.madang.voting.chain.VotingOperations;
import io.madang.voting.tally.PartialDecryption;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** The town's election office and its trustees, at work through HTTP. */
final class Hall {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  private final Town town;
  private final SigningKey key = Town.key("election office");

  Hall(Town town) {
    this.town = town;
  }

  String sign(SigningKey signer, Purpose purpose, JsonObject operation) {
    byte[] id = new byte[16];
    RANDOM.nextBytes(id);
    return new StatementSigner(signer)
        .sign(
            new Statement.Payload(
                Town.VOTES,
                new StatementId(HexFormat.of().formatHex(id)),
                purpose.toString(),
                System.currentTimeMillis() + MINUTE,
                operation))
        .text();
  }

  Answer send(String statement) {
    return town.anyone()
        .post(
            "/v1/votes/transactions",
            new io.vertx.core.json.JsonObject().put("transaction", statement));
  }

  Answer send(Purpose purpose, JsonObject operation) {
    return send(sign(key, purpose, operation));
  }

  /** Sends the records and the terms of an election that opens after so many milliseconds. */
  ElectionId announce(SampleElection sample, long opensInMillis, long leastBallots) {
    sendParts(sample);
    send(setUp(sample, opensInMillis, leastBallots)).expect(200);
    return sample.board().election().id();
  }

  /** Sends the records of an election. */
  void sendParts(SampleElection sample) {
    var id = sample.board().election().id();
    var kinds = List.of(RecordKind.ELECTION, RecordKind.TRUSTEES, RecordKind.CREDENTIALS);
    for (int i = 0; i < kinds.size(); i++) {
      for (var part : VotingOperations.parts(id, kinds.get(i), sample.records().get(i))) {
        send(Purpose.PART, part).expect(200);
      }
    }
  }

  /** The terms of an election that opens after so many milliseconds, signed. */
  String setUp(SampleElection sample, long opensInMillis, long leastBallots) {
    long opens = System.currentTimeMillis() + opensInMillis;
    var terms =
        new VotingOperation.Terms(
            opens,
            opens + HOUR,
            leastBallots,
            Hash.sha256(sample.records().get(0)),
            Hash.sha256(sample.records().get(1)),
            Hash.sha256(sample.records().get(2)));
    return sign(key, Purpose.SETUP, VotingOperations.setUp(sample.board().election().id(), terms));
  }

  /** Announces an election and waits until it is open. */
  ElectionId open(SampleElection sample, long leastBallots) throws Exception {
    var id = announce(sample, 3_000, leastBallots);
    awaitStage(id, "open");
    return id;
  }

  void awaitStage(ElectionId id, String stage) throws Exception {
    TestPostgres.eventually(
        () -> {
          assertThat(election(id).getString("stage")).isEqualTo(stage);
          return stage;
        });
  }

  io.vertx.core.json.JsonObject election(ElectionId id) {
    return town.anyone().get(path(id, "")).expect(200).json();
  }

  static String path(ElectionId id, String rest) {
    return "/v1/elections/" + id + rest;
  }

  /** An answer's body as it came. */
  byte[] bytes(String path) {
    try {
      var response =
          Client.http().send(town.anyone().request(path).GET().build(), BodyHandlers.ofByteArray());
      assertThat(response.statusCode()).isEqualTo(200);
      return response.body();
    } catch (IOException failed) {
      throw new AssertionError(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }

  void close(ElectionId id) {
    send(Purpose.CLOSE, VotingOperations.of(id)).expect(200);
  }

  Answer publishTally(ElectionId id) {
    var ballots = election(id).getJsonObject("ballots");
    return send(
        Purpose.TALLY,
        VotingOperations.publishTally(
            id,
            bytes(path(id, "/tally")),
            ballots.getLong("counted"),
            ballots.getLong("weightCounted")));
  }

  /** A trustee decrypts; the signature around it may be anybody's. */
  Answer decrypt(ElectionId id, SampleElection sample, int owner) {
    byte[] part =
        PartialDecryption.make(
            sample.board().election(),
            sample.board().tally(),
            sample.secretOf(owner),
            sample.randomness());
    return send(
        sign(
            Town.key("trustee " + owner),
            Purpose.DECRYPTION,
            VotingOperations.decrypt(id, owner, part)));
  }

  Answer publishResult(ElectionId id) {
    return send(
        Purpose.RESULT, VotingOperations.publishResult(id, bytes(path(id, "/computed-result"))));
  }
}
