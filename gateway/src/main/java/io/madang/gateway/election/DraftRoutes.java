package io.madang.gateway.election;

import io.madang.gateway.database.Sql;
import io.madang.gateway.election.Drafts.Draft;
import io.madang.gateway.election.Drafts.Summary;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Idempotency;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.ledger.AssetCode;
import io.madang.voting.ElectionId;
import io.madang.voting.record.Digest;
import io.madang.voting.trustee.Trustees;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What administrators do with an election before its records are signed onto the chain. */
final class DraftRoutes implements Operations.Feature {
  /** Longer than a caller waits: a long list that takes its time is stored all the same. */
  private static final int ROLL_SECONDS = 60;

  private final Vertx vertx;
  private final Sql sql;
  private final Idempotency idempotency;
  private final Drafts drafts;
  private final Links links;
  private final Roll roll;
  private final Board board;
  private final Set<AssetCode> assets;
  private final SecureRandom random = new SecureRandom();

  DraftRoutes(
      Vertx vertx,
      Sql sql,
      Idempotency idempotency,
      Drafts drafts,
      Links links,
      Roll roll,
      Board board,
      Set<AssetCode> assets) {
    this.vertx = vertx;
    this.sql = sql;
    this.idempotency = idempotency;
    this.drafts = drafts;
    this.links = links;
    this.roll = roll;
    this.board = board;
    this.assets = Set.copyOf(assets);
  }

  @Override
  public void register(Operations operations) {
    operations.on("createElectionDraft", this::create);
    operations.on("listElectionDrafts", this::list);
    operations.on("getElectionDraft", this::get);
    operations.on("updateElectionDraft", this::update);
    operations.on("createElectionLinks", this::createLinks);
    operations.on("setRoll", this::setRoll);
    operations.on("getRoll", this::getRoll);
    operations.on("getAssembledRecords", this::assembled);
  }

  private Future<Reply> create(Call call) {
    var election = ElectionId.random(random::nextBytes);
    var form = checked(election, call.body());
    return idempotency.once(
        Idempotency.Key.of(call, "createElectionDraft"),
        connection ->
            drafts
                .insert(connection, election, call.administrator().key(), call.body())
                .compose(_ -> drafts.places(connection, election, form.trustees()))
                .compose(_ -> links.make(connection, election, form.trustees()))
                .compose(
                    made ->
                        drafts
                            .lock(connection, election)
                            .compose(
                                draft ->
                                    drafts
                                        .ceremony(connection, draft)
                                        .map(
                                            ceremony ->
                                                Reply.created(
                                                    view(draft, ceremony, false)
                                                        .put("links", made))))));
  }

  private DraftForm checked(ElectionId election, JsonObject body) {
    var form = DraftForm.read(election, body);
    if (form.reward().filter(reward -> !isKept(reward)).isPresent()) {
      throw Problem.of(ProblemType.UNKNOWN_ASSET_HERE).raised();
    }
    return form;
  }

  private boolean isKept(DraftForm.Reward reward) {
    return assets.contains(new AssetCode(reward.asset()));
  }

  private Future<Reply> list(Call call) {
    long before = Json.cursorNumber(call.optional("cursor"), Long.MAX_VALUE);
    return drafts
        .of(call.administrator().key(), before, call.limit())
        .compose(
            found ->
                Future.all(found.stream().map(this::shown).toList())
                    .map(
                        views -> {
                          List<JsonObject> all = views.list();
                          return Reply.ok(
                              Json.page(
                                  found,
                                  call.limit(),
                                  draft -> all.get(found.indexOf(draft)),
                                  draft -> Long.toString(draft.number())));
                        }));
  }

  private Future<Reply> get(Call call) {
    return own(call).compose(this::shown).map(Reply::ok);
  }

  /** The caller's draft that the path names. */
  private Future<Draft> own(Call call) {
    return drafts.get(new ElectionId(call.text("id"))).map(draft -> requireOwn(call, draft));
  }

  private static Draft requireOwn(Call call, Draft draft) {
    if (!draft.administrator().equals(call.administrator().key())) {
      throw Problem.of(ProblemType.NOT_FOUND).raised();
    }
    return draft;
  }

  private Future<JsonObject> shown(Draft draft) {
    return drafts
        .ceremony(draft)
        .compose(
            ceremony ->
                board
                    .stage(draft.election())
                    .map(stage -> view(draft, ceremony, stage.isPresent())));
  }

  private static JsonObject view(Draft draft, Ceremony ceremony, boolean signed) {
    var steps = new JsonArray();
    for (int i = 1; i <= ceremony.count(); i++) {
      steps.add(new JsonObject().put("index", i).put("step", ceremony.next(i).toString()));
    }
    var view =
        draft
            .json()
            .copy()
            .put("id", draft.election().text())
            .put("revision", draft.revision())
            .put("state", signed ? "signed" : "draft")
            .put("trusteesDone", steps);
    draft.roll().ifPresent(list -> view.put("roll", view("voters", list)));
    draft.credentials().ifPresent(list -> view.put("credentials", view("count", list)));
    return view;
  }

  private static JsonObject view(String count, Summary list) {
    return new JsonObject()
        .put(count, list.count())
        .put("weight", list.weight())
        .put("hash", list.hash());
  }

  private Future<Void> requireUnsigned(ElectionId election) {
    return board
        .stage(election)
        .compose(
            stage ->
                stage.isPresent()
                    ? Problem.of(ProblemType.ELECTION_SIGNED).fail()
                    : Future.succeededFuture());
  }

  private Future<Reply> update(Call call) {
    return own(call)
        .compose(draft -> requireUnsigned(draft.election()).map(draft))
        .compose(
            before -> {
              var form = checked(before.election(), call.body());
              return sql.transaction(
                  connection ->
                      drafts
                          .lock(connection, before.election())
                          .compose(
                              draft ->
                                  drafts
                                      .ceremony(connection, draft)
                                      .compose(
                                          ceremony ->
                                              requireFree(draft, ceremony, form)
                                                  ? drafts.places(
                                                      connection, draft.election(), form.trustees())
                                                  : Future.succeededFuture()))
                          .compose(_ -> drafts.update(connection, before.election(), call.body())));
            })
        .compose(_ -> get(call));
  }

  /**
   * Whether the trustees' places have to be made anew.
   *
   * @throws Problem.Raised when others have relied on what would change
   */
  private static boolean requireFree(Draft draft, Ceremony ceremony, DraftForm form) {
    var now = draft.form();
    boolean sameGroup = now.election().group().name().equals(form.election().group().name());
    boolean sameTrustees =
        now.trustees() == form.trustees() && now.threshold().equals(form.threshold());
    boolean begun = ceremony.said().stream().anyMatch(one -> !one.isEmpty());
    if ((!sameGroup && (begun || draft.credentials().isPresent())) || (!sameTrustees && begun)) {
      throw Problem.of(ProblemType.DRAFT_IN_USE).raised();
    }
    return !sameTrustees;
  }

  private Future<Reply> createLinks(Call call) {
    return own(call)
        .compose(
            draft ->
                sql.transaction(
                    connection ->
                        links.make(connection, draft.election(), draft.form().trustees())))
        .map(made -> Reply.created(new JsonObject().put("links", made)));
  }

  private Future<Reply> setRoll(Call call) {
    record Ready(Summary summary, Roll.Sealed sealed) {}
    return own(call)
        .compose(draft -> requireUnsigned(draft.election()).map(draft))
        .compose(
            draft ->
                vertx
                    .executeBlocking(
                        () -> {
                          var voters = RollReader.read(call.raw());
                          return new Ready(
                              summary(voters), roll.seal(draft.election(), voters, random));
                        },
                        false)
                    .map(Objects::requireNonNull)
                    .compose(
                        ready ->
                            sql.longTransaction(
                                    ROLL_SECONDS,
                                    connection ->
                                        drafts
                                            .lock(connection, draft.election())
                                            .compose(
                                                _ ->
                                                    roll.replace(
                                                        connection,
                                                        draft.election(),
                                                        ready.sealed()))
                                            .compose(
                                                _ ->
                                                    drafts.setRoll(
                                                        connection,
                                                        draft.election(),
                                                        ready.summary())))
                                .map(_ -> Reply.ok(view("voters", ready.summary())))));
  }

  /** The hash is of the sorted voters with their weights: what the registrar works from. */
  private static Summary summary(List<Voter> voters) {
    var lines = new ArrayList<String>();
    long weight = 0;
    for (var voter : voters) {
      lines.add(voter.id() + "\t" + voter.weight() + "\n");
      weight += voter.weight();
    }
    lines.sort(null);
    byte[] text = String.join("", lines).getBytes(StandardCharsets.UTF_8);
    return new Summary(voters.size(), weight, Digest.base64(text));
  }

  private Future<Reply> getRoll(Call call) {
    long after = Json.cursorNumber(call.optional("cursor"), -1);
    return own(call)
        .compose(
            draft ->
                roll.page(draft.election(), after, call.limit())
                    .map(
                        found -> {
                          var page =
                              Json.page(
                                  found,
                                  call.limit(),
                                  entry -> view(entry.voter()),
                                  entry -> Integer.toString(entry.place()));
                          draft.roll().ifPresent(list -> page.mergeIn(view("voters", list)));
                          return Reply.ok(page);
                        }));
  }

  private static JsonObject view(Voter voter) {
    var view =
        new JsonObject()
            .put("voter", voter.id())
            .put("contact", voter.contact())
            .put("weight", voter.weight());
    return voter.name().isEmpty() ? view : view.put("name", voter.name());
  }

  private Future<Reply> assembled(Call call) {
    return own(call)
        .compose(
            draft ->
                drafts
                    .ceremony(draft)
                    .compose(
                        ceremony -> {
                          if (!ceremony.isComplete() || draft.credentials().isEmpty()) {
                            return Problem.of(ProblemType.NOT_ASSEMBLED).fail();
                          }
                          return drafts
                              .credentials(draft.election())
                              .compose(
                                  credentials ->
                                      vertx.executeBlocking(
                                          () -> assembled(draft, ceremony, credentials.toString()),
                                          false));
                        }));
  }

  private static Reply assembled(Draft draft, Ceremony ceremony, String credentials) {
    byte[] record = ceremony.record();
    var trustees = RecordProblems.accepted(Trustees.read(record, ceremony.group()));
    byte[] election = draft.form().election().toRecord(trustees.electionKey());
    var json =
        new JsonObject()
            .put("election", new String(election, StandardCharsets.UTF_8))
            .put("trustees", new String(record, StandardCharsets.UTF_8))
            .put("credentials", credentials);
    return new Reply.Content("application/json", json.toBuffer(), Map.of());
  }
}
