package io.madang.gateway.election;

import io.madang.gateway.account.Enrolment;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Callers;
import io.madang.gateway.http.Idempotency;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.gateway.secret.MasterSecret;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Ledger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * All of an election that is not on the chain: drafts and the mailbox between administrator,
 * registrar and trustees; the roll and sign-in; who took part; rewards.
 */
public final class ElectionOffice implements Operations.Feature {
  private final Surroundings surroundings;
  private final Links links;
  private final VoterSessions sessions;
  private final Turnout turnout;
  private final Rewards rewards;
  private final Upkeep upkeep;
  private final List<Operations.Feature> features;

  /**
   * What they live on.
   *
   * @param board the elections on the voting channel
   * @param mail where messages to voters go; without one nobody can sign in by code
   * @param publicOrigin where browsers find this gateway; passkeys are bound to it
   * @param demo whether everybody may read those messages
   */
  public record Surroundings(
      Vertx vertx,
      Sql sql,
      MasterSecret secret,
      Idempotency idempotency,
      Engine<Ledger> ledger,
      Enrolment enrolment,
      Set<AssetCode> assets,
      Board board,
      Optional<MailFolder> mail,
      boolean demo,
      String publicOrigin,
      Clock clock) {}

  /** An office on these surroundings. */
  public ElectionOffice(Surroundings surroundings) {
    this.surroundings = surroundings;
    var sql = surroundings.sql();
    var secret = surroundings.secret();
    var board = surroundings.board();
    var drafts = new Drafts(sql);
    var roll = new Roll(sql, secret);
    links = new Links(sql, secret);
    sessions = new VoterSessions(secret, surroundings.clock());
    turnout = new Turnout(sql, roll);
    rewards =
        new Rewards(
            sql,
            secret,
            surroundings.ledger(),
            surroundings.enrolment(),
            turnout,
            surroundings.clock());
    upkeep = new Upkeep(sql, roll, turnout, board, surroundings.mail());
    features =
        List.of(
            new DraftRoutes(
                surroundings.vertx(),
                sql,
                surroundings.idempotency(),
                drafts,
                links,
                roll,
                board,
                surroundings.assets()),
            new LinkRoutes(surroundings.vertx(), sql, drafts, roll, board),
            new VoterRoutes(
                surroundings.vertx(),
                sql,
                roll,
                drafts,
                new SignIn(sql, secret, roll, surroundings.clock()),
                sessions,
                turnout,
                post(),
                surroundings.ledger()),
            new PasskeyRoutes(
                surroundings.vertx(),
                sql,
                secret,
                roll,
                new Passkeys(secret, surroundings.clock(), surroundings.publicOrigin()),
                sessions),
            new RewardRoutes(drafts, board, rewards));
  }

  private Post post() {
    return message ->
        surroundings
            .mail()
            .map(mail -> mail.send(message))
            .orElseGet(() -> Future.failedFuture("there is no mail folder"));
  }

  @Override
  public void register(Operations operations) {
    features.forEach(feature -> feature.register(operations));
    operations.on("getDemoMailbox", _ -> mailbox());
  }

  private Future<Reply> mailbox() {
    var mail = surroundings.mail().filter(_ -> surroundings.demo());
    if (mail.isEmpty()) return Problem.of(ProblemType.NOT_FOUND).fail();
    return surroundings
        .vertx()
        .executeBlocking(() -> mail.get().messages(), false)
        .map(messages -> Reply.ok(Objects.requireNonNull(messages)));
  }

  /** Who knows the tokens of voters, registrars and trustees, by how these begin. */
  public Map<String, Callers> callers() {
    return Map.of(VoterSessions.PREFIX, sessions, Links.REGISTRAR, links, Links.TRUSTEE, links);
  }

  /** Who took part. */
  public Turnout turnout() {
    return turnout;
  }

  /** Resumes what was interrupted, tells voters of their ballots, and forgets what is over. */
  public Future<Void> tidy() {
    return rewards
        .resume()
        .compose(_ -> upkeep.tellVoters())
        .compose(_ -> upkeep.tidyClosed())
        .compose(_ -> upkeep.forget());
  }
}
