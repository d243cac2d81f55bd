package io.madang.gateway.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.madang.chain.Base64Url;
import io.madang.chain.CommitCheck;
import io.madang.chain.Hash;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import io.madang.gateway.monitor.Alarm.Kind;
import io.madang.voting.ElectionId;
import io.madang.voting.board.Checks;
import io.madang.voting.chain.AttachedHead;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A monitor against gateways that lie, over real HTTP. */
class MonitorTest {
  private static final String ELECTION = "Voting12345678";
  private static final String ATTACHED = "Attached123456";
  private static final Duration STALL = Duration.ofMinutes(5);

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private final TwoFacedChain chain = new TwoFacedChain().grow(5);
  private Instant now = Instant.parse("2026-11-22T09:00:00Z");
  private DishonestGateway gateway;

  @BeforeEach
  void start() throws IOException {
    gateway = new DishonestGateway(chain);
  }

  @AfterEach
  void stop() {
    gateway.close();
    http.close();
  }

  /** A monitor that is started, looks once and is stopped. */
  private Monitor.Round look(DishonestGateway... others) throws IOException {
    var all = new ArrayList<BoardGateway>();
    for (var one : others.length == 0 ? List.of(gateway) : Arrays.asList(others)) {
      all.add(new HttpBoardGateway(http, one.address()));
    }
    now = now.plusSeconds(15);
    try (var monitor = Monitor.open(all, chain.trusted(), STALL, Checks.inOrder(), folder)) {
      return monitor.look(now);
    }
  }

  private void assertQuiet(Monitor.Round round) {
    assertThat(round.alarms()).isEmpty();
    assertThat(round.troubles()).isEmpty();
  }

  private Alarm onlyAlarm(Monitor.Round round) {
    assertThat(round.alarms()).hasSize(1);
    return round.alarms().getFirst();
  }

  private void cast(String... ballots) {
    gateway.elections.computeIfAbsent(ELECTION, _ -> new ArrayList<>()).addAll(List.of(ballots));
  }

  private static Hash hash(int number) {
    return Hash.sha256(new byte[] {(byte) number});
  }

  @Test
  void an_honest_gateway_may_grow_from_round_to_round() throws IOException {
    cast("a", "b");
    gateway.attached.put(ATTACHED, new ArrayList<>(List.of(hash(1))));
    assertQuiet(look());
    chain.grow(250);
    cast("c");
    gateway.attached.get(ATTACHED).addAll(List.of(hash(2), hash(3)));
    var round = look();
    assertQuiet(round);
    assertThat(round.height()).isEqualTo(255);
    assertThat(round.boards()).isEqualTo(2);
    assertThat(Files.readAllBytes(folder.resolve("elections/" + ELECTION + ".bel")))
        .isEqualTo(gateway.archive(ELECTION));
    assertThat(Files.readAllLines(folder.resolve("attached/" + ATTACHED + ".hashes"))).hasSize(3);
    assertThat(Files.readAllLines(folder.resolve("heads.jsonl"))).hasSize(255);
  }

  // The chain

  @Test
  void a_chain_that_lost_its_end_is_an_alarm_for_ever() throws IOException {
    assertQuiet(look());
    gateway.showsHeadsTo = 3;
    assertThat(onlyAlarm(look()).kind()).isEqualTo(Kind.SHRUNK);
    assertThat(onlyAlarm(look()).kind()).isEqualTo(Kind.SHRUNK);
    gateway.showsHeadsTo = Long.MAX_VALUE;
    assertQuiet(look());
  }

  @Test
  void two_signed_blocks_of_one_height_are_evidence_that_anybody_can_check() throws IOException {
    var other = chain.fork().grow(1);
    chain.grow(1);
    assertQuiet(look());
    gateway.chain = other;
    var alarm = onlyAlarm(look());
    assertThat(alarm.kind()).isEqualTo(Kind.FORKED);
    var one = evidence(alarm, "shown");
    var two = evidence(alarm, "now");
    assertThat(one.height()).isEqualTo(two.height()).isEqualTo(6);
    assertThat(one.hash()).isNotEqualTo(two.hash());
    for (var head : List.of(one, two)) {
      assertThat(CommitCheck.check(chain.trusted().members(), head.header(), head.commit()))
          .isInstanceOf(CommitCheck.Result.Final.class);
    }
  }

  private static SignedHead evidence(Alarm alarm, String name) {
    if (alarm.evidence().members().get(name) instanceof JsonObject head
        && head.members().get("header") instanceof JsonText(var header)
        && head.members().get("commit") instanceof JsonText(var commit)) {
      return SignedHead.read(header, commit).orElseThrow();
    }
    throw new AssertionError("no evidence " + name);
  }

  @Test
  void a_past_that_was_rewritten_shows_in_the_next_head() throws IOException {
    var other = chain.fork();
    chain.grow(3);
    assertQuiet(look());
    gateway.chain = other.grow(10);
    assertThat(onlyAlarm(look()).kind()).isEqualTo(Kind.FORKED);
  }

  @Test
  void two_gateways_that_show_two_chains_are_found_in_one_round() throws IOException {
    try (var second = new DishonestGateway(chain.fork().grow(2))) {
      chain.grow(2);
      var alarm = onlyAlarm(look(gateway, second));
      assertThat(alarm.kind()).isEqualTo(Kind.FORKED);
      assertThat(alarm.gateway()).isEqualTo(second.address().toString());
    }
  }

  @Test
  void block_time_that_goes_back_is_an_alarm() throws IOException {
    assertQuiet(look());
    chain.pass(-60_000).grow(1);
    assertThat(onlyAlarm(look()).kind()).isEqualTo(Kind.CLOCK_BACK);
  }

  @Test
  void heads_of_strangers_are_not_taken() throws IOException {
    var head = chain.head(5);
    var unsigned = new SignedHead(chain.fork().grow(1).head(6).header(), head.commit());
    gateway.instead.put(
        "/v1/votes/headers",
        "{\"items\":[{\"header\":\"%s\",\"commit\":\"%s\"}]}"
            .formatted(text(unsigned, "header"), text(unsigned, "commit")));
    assertThat(onlyAlarm(look()).kind()).isEqualTo(Kind.UNSIGNED);
    assertThat(Files.size(folder.resolve("heads.jsonl"))).isZero();
  }

  private static String text(SignedHead head, String name) {
    return head.json().members().get(name) instanceof JsonText(var text) ? text : "";
  }

  @Test
  void heads_that_leave_one_out_are_an_alarm() throws IOException {
    assertQuiet(look());
    chain.grow(2);
    var late = chain.head(7);
    gateway.instead.put(
        "/v1/votes/headers",
        "{\"items\":[{\"header\":\"%s\",\"commit\":\"%s\"}]}"
            .formatted(text(late, "header"), text(late, "commit")));
    assertThat(onlyAlarm(look()).kind()).isEqualTo(Kind.REORDERED);
  }

  // Boards

  @Test
  void a_board_that_drops_a_ballot_is_an_alarm() throws IOException {
    cast("a", "b", "c");
    assertQuiet(look());
    gateway.elections.put(ELECTION, new ArrayList<>(List.of("a", "c")));
    assertThat(onlyAlarm(look()).kind()).isEqualTo(Kind.SHRUNK);
  }

  @Test
  void a_board_that_changes_a_ballot_for_another_is_an_alarm() throws IOException {
    cast("a", "b", "c");
    assertQuiet(look());
    gateway.elections.put(ELECTION, new ArrayList<>(List.of("a", "x", "c", "d")));
    assertThat(onlyAlarm(look()).kind()).isEqualTo(Kind.FORKED);
  }

  @Test
  void a_board_that_reorders_its_ballots_is_an_alarm() throws IOException {
    cast("a", "b", "c");
    assertQuiet(look());
    gateway.elections.put(ELECTION, new ArrayList<>(List.of("b", "a", "c", "d")));
    var alarm = onlyAlarm(look());
    assertThat(alarm.kind()).isEqualTo(Kind.REORDERED);
    assertThat(alarm.sentence()).contains("from ballot 1 on");
  }

  @Test
  void an_election_that_vanishes_is_an_alarm() throws IOException {
    cast("a");
    assertQuiet(look());
    gateway.elections.clear();
    var alarm = onlyAlarm(look());
    assertThat(alarm.kind()).isEqualTo(Kind.SHRUNK);
    assertThat(alarm.subject()).isEqualTo(ELECTION);
  }

  @Test
  void a_gateway_that_shows_another_board_than_another_gateway_is_found() throws IOException {
    cast("a", "b");
    try (var second = new DishonestGateway(chain)) {
      second.elections.put(ELECTION, List.of("a"));
      assertQuiet(look(gateway, second));
      second.elections.put(ELECTION, List.of("a", "z"));
      var alarm = onlyAlarm(look(gateway, second));
      assertThat(alarm.kind()).isEqualTo(Kind.FORKED);
      assertThat(alarm.gateway()).isEqualTo(second.address().toString());
    }
  }

  @Test
  void an_archive_must_lead_to_the_head_that_the_members_signed() throws IOException {
    cast("a", "b");
    var signed =
        JsonObject.builder()
            .put("election", ELECTION)
            .put("events", gateway.events(ELECTION))
            .put("head", gateway.head(ELECTION))
            .build();
    gateway.newestTransaction = chain.transaction(signed);
    long height = chain.height();
    chain.grow(1);
    gateway.receipts.put(gateway.newestTransaction, chain.receipt(height));
    assertQuiet(look());
    Files.delete(folder.resolve("elections/" + ELECTION + ".bel"));
    Files.delete(folder.resolve("seen.json"));
    gateway.elections.put(ELECTION, new ArrayList<>(List.of("a", "x")));
    var alarm = onlyAlarm(look());
    assertThat(alarm.kind()).isEqualTo(Kind.FORKED);
    assertThat(alarm.sentence()).contains("members signed another head");
  }

  @Test
  void a_receipt_that_proves_nothing_is_an_alarm() throws IOException {
    cast("a");
    gateway.newestTransaction = "A".repeat(64);
    gateway.receipts.put(gateway.newestTransaction, "{}".getBytes(StandardCharsets.UTF_8));
    assertThat(onlyAlarm(look()).kind()).isEqualTo(Kind.UNSIGNED);
  }

  @Test
  void a_finished_election_is_verified_whole() throws IOException {
    cast("this is no ballot");
    assertQuiet(look());
    gateway.stage = "finished";
    cast("nor is this");
    assertThat(onlyAlarm(look()).kind()).isEqualTo(Kind.WRONG);
  }

  @Test
  void an_archive_that_is_none_is_an_alarm() throws IOException {
    cast("a");
    gateway.instead.put("/v1/elections/" + ELECTION + "/archive", "투표함");
    assertThat(onlyAlarm(look()).kind()).isEqualTo(Kind.UNSIGNED);
  }

  @Test
  void an_election_that_stays_open_after_its_time_is_an_alarm() throws IOException {
    cast("a");
    gateway.closesAt = now;
    assertQuiet(look());
    now = now.plus(STALL);
    assertThat(onlyAlarm(look()).kind()).isEqualTo(Kind.STALLED);
  }

  // Attached boards

  @Test
  void an_attached_board_only_grows() throws IOException {
    gateway.attached.put(ATTACHED, List.of(hash(1), hash(2), hash(3)));
    assertQuiet(look());
    gateway.attached.put(ATTACHED, List.of(hash(1), hash(3)));
    assertThat(onlyAlarm(look()).kind()).isEqualTo(Kind.SHRUNK);
    gateway.attached.put(ATTACHED, List.of(hash(2), hash(1), hash(3)));
    assertThat(onlyAlarm(look()).kind()).isEqualTo(Kind.REORDERED);
    gateway.attached.put(ATTACHED, List.of(hash(1), hash(2), hash(4), hash(5)));
    assertThat(onlyAlarm(look()).kind()).isEqualTo(Kind.FORKED);
    gateway.attached.put(ATTACHED, List.of(hash(1), hash(2), hash(3), hash(4)));
    assertQuiet(look());
  }

  @Test
  void an_attached_board_has_the_head_of_its_own_hashes() throws IOException {
    gateway.attached.put(ATTACHED, List.of(hash(1)));
    gateway.claimedAttachedHead = Base64Url.encode(hash(9).bytes());
    assertThat(onlyAlarm(look()).kind()).isEqualTo(Kind.FORKED);
  }

  @Test
  void an_attached_board_leads_to_the_head_that_the_members_signed() throws IOException {
    gateway.attached.put(ATTACHED, List.of(hash(1), hash(2)));
    var head = AttachedHead.of(new ElectionId(ATTACHED), gateway.terms).after(hash(1));
    sign(2, head.after(hash(2)));
    assertQuiet(look());
    gateway.attached.put(ATTACHED, List.of(hash(1), hash(2), hash(3)));
    sign(3, head.after(hash(2)).after(hash(9)));
    var alarm = onlyAlarm(look());
    assertThat(alarm.kind()).isEqualTo(Kind.UNSIGNED);
    assertThat(alarm.sentence()).contains("signed another head after 3 hashes");
  }

  /** The members sign that the attached board has this head. */
  private void sign(long hashes, AttachedHead head) {
    gateway.newestTransaction =
        chain.transaction(
            JsonObject.builder()
                .put("election", ATTACHED)
                .put("hashes", hashes)
                .put("head", Base64Url.encode(head.hash().bytes()))
                .build());
    long height = chain.height();
    chain.grow(1);
    gateway.receipts.put(gateway.newestTransaction, chain.receipt(height));
  }

  // Trouble, crashes

  @Test
  void a_gateway_that_is_silent_for_too_long_is_an_alarm_over_restarts_too() throws IOException {
    assertQuiet(look());
    gateway.instead.put("/v1/votes/headers", "not JSON");
    var round = look();
    assertThat(round.troubles()).hasSize(1);
    assertThat(round.alarms()).isEmpty();
    now = now.plus(STALL);
    assertThat(onlyAlarm(look()).kind()).isEqualTo(Kind.STALLED);
    gateway.instead.clear();
    assertQuiet(look());
  }

  @Test
  void a_gateway_that_stays_behind_another_is_an_alarm() throws IOException {
    try (var second = new DishonestGateway(chain)) {
      assertQuiet(look(gateway, second));
      gateway.showsHeadsTo = chain.height();
      chain.grow(3);
      assertQuiet(look(gateway, second));
      assertThat(look(gateway, second).troubles()).hasSize(1);
      now = now.plus(STALL);
      var alarm = onlyAlarm(look(gateway, second));
      assertThat(alarm.kind()).isEqualTo(Kind.STALLED);
      assertThat(alarm.gateway()).isEqualTo(gateway.address().toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "{\"items\":1}",
        "{\"items\":[1]}",
        "{\"items\":[{}]}",
        "{\"items\":[{\"id\":\"../../etc\",\"stage\":\"open\",\"head\":\"\",\"events\":1,"
            + "\"closesAt\":\"2027-01-01T00:00:00Z\"}]}",
        "{\"items\":[{\"id\":\"Voting12345678\",\"stage\":\"open\",\"head\":\"\",\"events\":1,"
            + "\"closesAt\":\"never\"}]}"
      })
  void an_answer_of_another_form_is_trouble_and_no_crash(String answer) throws IOException {
    gateway.instead.put("/v1/elections", answer);
    assertThat(look().troubles()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 300})
  void a_line_that_a_crash_cut_short_is_read_again(int cut) throws IOException {
    assertQuiet(look());
    var heads = folder.resolve("heads.jsonl");
    byte[] whole = Files.readAllBytes(heads);
    Files.write(heads, Arrays.copyOf(whole, whole.length - cut));
    Files.delete(folder.resolve("seen.json"));
    Files.writeString(
        folder.resolve("elections/" + ELECTION + ".bel.new"), "half", StandardOpenOption.CREATE);
    cast("a");
    assertQuiet(look());
    assertThat(Files.readAllBytes(heads)).isEqualTo(whole);
  }

  @Test
  void two_monitors_do_not_share_an_archive() throws IOException {
    try (var held = HeadArchive.open(folder.resolve("heads.jsonl"))) {
      assertThat(held.last()).isZero();
      assertThat(catchThrowable(() -> HeadArchive.open(folder.resolve("heads.jsonl"))))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another monitor");
    }
  }
}
