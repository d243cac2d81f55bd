package io.madang.gateway.election;

import io.madang.gateway.http.Call;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.voting.ElectionId;
import io.madang.voting.chain.Stage;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Where an administrator has rewards paid. */
final class RewardRoutes implements Operations.Feature {
  private final Drafts drafts;
  private final Board board;
  private final Rewards rewards;

  RewardRoutes(Drafts drafts, Board board, Rewards rewards) {
    this.drafts = drafts;
    this.board = board;
    this.rewards = rewards;
  }

  @Override
  public void register(Operations operations) {
    operations.on("getRewards", this::get);
    operations.on("payRewards", this::pay);
  }

  private Future<Reply> get(Call call) {
    var election = new ElectionId(call.text("id"));
    return reward(call, election)
        .compose(
            reward ->
                rewards
                    .progress(election)
                    .map(begun -> begun.map(this::view).orElseGet(() -> waiting(reward))));
  }

  private Future<Reply> pay(Call call) {
    var election = new ElectionId(call.text("id"));
    return reward(call, election)
        .compose(
            reward ->
                board
                    .stage(election)
                    .compose(
                        stage ->
                            stage.filter(RewardRoutes::isClosed).isPresent()
                                ? begunOrBegin(election, reward)
                                : Problem.of(ProblemType.ELECTION_NOT_CLOSED).fail()))
        .map(this::view);
  }

  /** What the caller's own election promises. */
  private Future<DraftForm.Reward> reward(Call call, ElectionId election) {
    return drafts
        .get(election)
        .compose(
            draft ->
                draft.administrator().equals(call.administrator().key())
                    ? draft
                        .form()
                        .reward()
                        .map(Future::succeededFuture)
                        .orElseGet(() -> Problem.of(ProblemType.NO_REWARD).fail())
                    : Problem.of(ProblemType.NOT_FOUND).fail());
  }

  static boolean isClosed(Stage stage) {
    return switch (stage) {
      case CLOSED, DECRYPTING, FINISHED -> true;
      case DRAFT, ANNOUNCED, OPEN, WITHDRAWN -> false;
    };
  }

  private Future<Rewards.Progress> begunOrBegin(ElectionId election, DraftForm.Reward reward) {
    return rewards
        .progress(election)
        .compose(
            begun ->
                begun.map(Future::succeededFuture).orElseGet(() -> rewards.pay(election, reward)));
  }

  private Reply view(Rewards.Progress progress) {
    return view(progress.isDone() ? "paid" : "paying", progress);
  }

  private Reply waiting(DraftForm.Reward reward) {
    return view("waiting", new Rewards.Progress(reward, 0, 0, 0));
  }

  private Reply view(String state, Rewards.Progress progress) {
    return Reply.ok(
        new JsonObject()
            .put("state", state)
            .put("asset", progress.reward().asset())
            .put("amount", progress.reward().amount())
            .put("recipients", progress.recipients())
            .put("paid", progress.paid())
            .put("refused", progress.refused())
            .put("account", rewards.payer().toString()));
  }
}
