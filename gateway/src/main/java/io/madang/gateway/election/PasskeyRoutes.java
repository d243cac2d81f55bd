package io.madang.gateway.election;

import io.madang.gateway.database.Sql;
import io.madang.gateway.election.Passkeys.Passkey;
import io.madang.gateway.http.Access;
import io.madang.gateway.http.Access.Owner;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.gateway.secret.MasterSecret;
import io.madang.voting.ElectionId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;

/** Where voters add passkeys and sign in with them. */
final class PasskeyRoutes implements Operations.Feature {
  private static final int MOST = 5;

  private final Vertx vertx;
  private final Sql sql;
  private final MasterSecret secret;
  private final Roll roll;
  private final Passkeys passkeys;
  private final VoterSessions sessions;

  PasskeyRoutes(
      Vertx vertx,
      Sql sql,
      MasterSecret secret,
      Roll roll,
      Passkeys passkeys,
      VoterSessions sessions) {
    this.vertx = vertx;
    this.sql = sql;
    this.secret = secret;
    this.roll = roll;
    this.passkeys = passkeys;
    this.sessions = sessions;
  }

  @Override
  public void register(Operations operations) {
    operations.on("getPasskeyRegistration", this::registration);
    operations.on("addPasskey", this::add);
    operations.on(
        "getPasskeySignIn",
        call -> Future.succeededFuture(Reply.ok(passkeys.signIn(new ElectionId(call.text("id"))))));
    operations.on("signInWithPasskey", this::signIn);
  }

  private Future<Roll.Entry> own(Call call) {
    var election = new ElectionId(call.text("id"));
    Access.check(call.caller(), new Owner.OfElection(election));
    return roll.find(election, call.voter().voter())
        .map(found -> found.orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).raised()));
  }

  private Future<Reply> registration(Call call) {
    var election = new ElectionId(call.text("id"));
    return own(call)
        .map(
            entry ->
                Reply.ok(
                    passkeys.registration(
                        election, roll.key(election, entry.voter().id()), entry.voter())));
  }

  private Future<Reply> add(Call call) {
    var election = new ElectionId(call.text("id"));
    return own(call)
        .compose(
            entry ->
                vertx
                    .executeBlocking(() -> passkeys.register(election, call.body()), false)
                    .map(
                        made ->
                            Objects.requireNonNull(made)
                                .orElseThrow(
                                    () -> Problem.of(ProblemType.PASSKEY_REFUSED).raised()))
                    .compose(
                        made ->
                            use(made.usedChallenge(), made.expiresMillis())
                                .compose(
                                    fresh ->
                                        fresh
                                            ? store(election, entry.place(), made.value())
                                            : Problem.of(ProblemType.PASSKEY_REFUSED).fail())))
        .map(_ -> new Reply.Nothing());
  }

  private Future<Void> store(ElectionId election, int place, Passkey passkey) {
    return sql.run(
            "INSERT INTO ops.passkey (election, id, place, sealed, counter)"
                + " SELECT $1, $2, $3, $4, $5 WHERE (SELECT count(*) FROM ops.passkey"
                + " WHERE election = $1 AND place = $3) < $6 ON CONFLICT DO NOTHING",
            election.text(),
            key(passkey.id()),
            place,
            Buffer.buffer(secret.seal(seal(election), passkey.data())),
            passkey.counter(),
            MOST)
        .compose(
            rows ->
                rows.rowCount() == 1
                    ? Future.succeededFuture()
                    : Problem.of(ProblemType.PASSKEY_REFUSED).fail());
  }

  /** What is stored of a passkey, and whose it is. */
  private record Stored(int place, Passkey passkey) {}

  private Future<Reply> signIn(Call call) {
    var election = new ElectionId(call.text("id"));
    var read = passkeys.read(call.body().getJsonObject("credential"));
    byte[] id = read.map(Passkeys.Response::id).orElseGet(() -> MasterSecret.random(16));
    return find(election, id)
        .compose(
            found -> {
              if (read.isEmpty() || found.isEmpty()) return refused();
              var stored = found.get();
              return vertx
                  .executeBlocking(
                      () -> passkeys.verify(election, read.get().data(), stored.passkey()), false)
                  .map(Objects::requireNonNull)
                  .compose(
                      believed ->
                          believed
                              .map(one -> enter(election, id, stored, one))
                              .orElseGet(PasskeyRoutes::refused));
            })
        .map(
            entry -> {
              // The name that was typed has to be that of the passkey's owner.
              var typed = Voter.folded(call.body().getString("voter"));
              if (!Voter.folded(entry.voter().id()).equals(typed)) {
                throw Problem.of(ProblemType.SIGN_IN_REFUSED).raised();
              }
              return VoterRoutes.session(sessions.open(election, entry.voter().id()));
            });
  }

  private static <T> Future<T> refused() {
    return Problem.of(ProblemType.SIGN_IN_REFUSED).fail();
  }

  private Future<Roll.Entry> enter(
      ElectionId election, byte[] id, Stored stored, Passkeys.Believed<Long> believed) {
    return use(believed.usedChallenge(), believed.expiresMillis())
        .compose(
            fresh ->
                fresh
                    ? count(election, id, stored, believed.value())
                    : PasskeyRoutes.<Void>refused())
        .compose(_ -> roll.at(election, stored.place()));
  }

  /**
   * Devices that do not count leave the row alone. One that was copied counts too low, or twice.
   */
  private Future<Void> count(ElectionId election, byte[] id, Stored stored, long counter) {
    if (counter == 0 && stored.passkey().counter() == 0) return Future.succeededFuture();
    return sql.run(
            "UPDATE ops.passkey SET counter = $3 WHERE election = $1 AND id = $2 AND counter < $3",
            election.text(),
            key(id),
            counter)
        .compose(
            rows ->
                rows.rowCount() == 1 ? Future.succeededFuture() : PasskeyRoutes.<Void>refused());
  }

  private Future<Optional<Stored>> find(ElectionId election, byte[] id) {
    return sql.run(
            "SELECT place, sealed, counter FROM ops.passkey WHERE election = $1 AND id = $2",
            election.text(),
            key(id))
        .map(
            rows -> {
              if (rows.size() == 0) return Optional.empty();
              var row = rows.iterator().next();
              byte[] data = secret.open(seal(election), row.getBuffer("sealed").getBytes());
              return Optional.of(
                  new Stored(
                      row.getInteger("place"), new Passkey(id, data, row.getLong("counter"))));
            });
  }

  /** Marks a challenge as used; false when it was. */
  private Future<Boolean> use(byte[] challenge, long expiresMillis) {
    return sql.run(
            "INSERT INTO ops.used_challenge (hash, expires_at) VALUES ($1, $2)"
                + " ON CONFLICT DO NOTHING",
            Buffer.buffer(secret.hash("used passkey challenge", challenge)),
            Instant.ofEpochMilli(expiresMillis).atOffset(ZoneOffset.UTC))
        .map(rows -> rows.rowCount() == 1);
  }

  private Buffer key(byte[] id) {
    return Buffer.buffer(secret.hash("passkey", id));
  }

  private static String seal(ElectionId election) {
    return "passkey of " + election;
  }
}
