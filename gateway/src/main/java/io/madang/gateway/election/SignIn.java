package io.madang.gateway.election;

import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.secret.MasterSecret;
import io.madang.voting.ElectionId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/**
 * One-time codes. A row is kept for whoever somebody asks for, on the roll or not, so that asking
 * and guessing take the same steps and get the same answer for both. Times in rows are whole ten
 * minutes: nearer ones would come near to the time of a ballot.
 */
final class SignIn {
  /** A code works at least so long, and at most twice as long. */
  private static final Duration LIFE = Duration.ofMinutes(10);

  private static final int DIGITS = 8;
  private static final int MOST_SENT = 10;

  /** So many wrong guesses in a row cost a pause, each further time twice as long. */
  private static final int WRONG_PER_PAUSE = 5;

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(10);
  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private final Sql sql;
  private final MasterSecret secret;
  private final Roll roll;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  SignIn(Sql sql, MasterSecret secret, Roll roll, Clock clock) {
    this.sql = sql;
    this.secret = secret;
    this.roll = roll;
    this.clock = clock;
  }

  /** A code that is to be sent. */
  record Code(String contact, String digits) {}

  /** Makes a code; empty when nobody is to get one. The same steps either way. */
  Future<Optional<Code>> newCode(ElectionId election, String voter) {
    var digits = String.format(Locale.ROOT, "%0" + DIGITS + "d", random.nextInt(100_000_000));
    return sql.run(
            "INSERT INTO ops.sign_in AS known (election, voter, code, expires_at, wrong, sent,"
                + " locked_until, keep_until) VALUES ($1, $2, $3, $4, 0, 1, $5, $6)"
                + " ON CONFLICT (election, voter) DO UPDATE SET code = excluded.code,"
                + " expires_at = excluded.expires_at, sent = known.sent + 1,"
                + " keep_until = greatest(known.keep_until, excluded.keep_until)"
                + " WHERE known.locked_until <= $7 AND known.sent < $8 RETURNING sent",
            election.text(),
            key(election, voter),
            code(election, voter, digits),
            coarse(LIFE),
            coarse(Duration.ZERO.minus(LIFE)),
            coarse(LIFE),
            now(),
            MOST_SENT)
        .compose(
            made ->
                roll.find(election, voter)
                    .map(
                        found ->
                            found
                                .filter(_ -> made.size() == 1)
                                .map(entry -> new Code(entry.voter().contact(), digits))));
  }

  /** Who has this code; every refusal is the same. */
  Future<Roll.Entry> check(ElectionId election, String voter, String digits) {
    return sql.transaction(connection -> guess(connection, election, voter, digits))
        .compose(right -> roll.find(election, voter).map(found -> found.filter(_ -> right)))
        .map(found -> found.orElseThrow(() -> Problem.of(ProblemType.SIGN_IN_REFUSED).raised()));
  }

  /** The row is there for everybody after the first statement, and locked. */
  private Future<Boolean> guess(
      SqlConnection connection, ElectionId election, String voter, String digits) {
    return Sql.run(
            connection,
            "INSERT INTO ops.sign_in AS known (election, voter, expires_at, wrong, sent,"
                + " locked_until, keep_until) VALUES ($1, $2, $3, 0, 0, $3, $4)"
                + " ON CONFLICT (election, voter) DO UPDATE SET wrong = known.wrong"
                + " RETURNING code, expires_at, wrong, locked_until",
            election.text(),
            key(election, voter),
            coarse(Duration.ZERO.minus(LIFE)),
            coarse(LIFE))
        .compose(
            rows -> {
              var row = rows.iterator().next();
              boolean locked = row.getOffsetDateTime("locked_until").isAfter(now());
              boolean right = !locked && isRight(row, code(election, voter, digits));
              return note(connection, election, voter, row.getInteger("wrong"), locked, right)
                  .map(right);
            });
  }

  private boolean isRight(Row row, Buffer guessed) {
    var code = row.getBuffer("code");
    return code != null
        && row.getOffsetDateTime("expires_at").isAfter(now())
        && MessageDigest.isEqual(code.getBytes(), guessed.getBytes());
  }

  /** A right guess ends the code and all counting; a wrong one counts, unless nobody may guess. */
  private Future<Void> note(
      SqlConnection connection,
      ElectionId election,
      String voter,
      int wrongBefore,
      boolean locked,
      boolean right) {
    int wrong = right ? 0 : locked ? wrongBefore : wrongBefore + 1;
    boolean pause = !right && !locked && wrong % WRONG_PER_PAUSE == 0;
    var until = pause ? coarse(pause(wrong / WRONG_PER_PAUSE)) : coarse(Duration.ZERO.minus(LIFE));
    return Sql.run(
            connection,
            "UPDATE ops.sign_in SET wrong = $3, locked_until = greatest(locked_until, $4),"
                + " code = CASE WHEN $5 THEN NULL ELSE code END,"
                + " sent = CASE WHEN $6 THEN 0 ELSE sent END,"
                + " keep_until = greatest(keep_until, $7) WHERE election = $1 AND voter = $2",
            election.text(),
            key(election, voter),
            wrong,
            until,
            right || pause,
            right,
            coarse(wrong == 0 ? LIFE : REMEMBERED.plus(pause(wrong / WRONG_PER_PAUSE))))
        .mapEmpty();
  }

  private static Duration pause(int times) {
    var pause = FIRST_PAUSE;
    for (int i = 1; i < times && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private Buffer key(ElectionId election, String voter) {
    return Buffer.buffer(roll.key(election, voter));
  }

  private Buffer code(ElectionId election, String voter, String digits) {
    return Buffer.buffer(
        secret.hash("sign-in code", election + "\n" + Voter.folded(voter) + "\n" + digits.strip()));
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  /** The next whole ten minutes after this much time. */
  private OffsetDateTime coarse(Duration later) {
    long step = LIFE.toMillis();
    long millis = Math.ceilDiv(clock.millis() + later.toMillis(), step) * step;
    return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
  }
}
