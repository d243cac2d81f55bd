package io.madang.pos.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.pos.iso8583.Iso8583Message;
import io.madang.pos.terminal.HostAction.Ask;
import io.madang.pos.terminal.HostAction.Keep;
import io.madang.pos.terminal.HostAction.Send;
import io.madang.pos.terminal.Simulation.Weather;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a terminal answers, message by message, with a ledger that is always there. */
class TerminalFlowsTest {
  private static final TerminalId TILL = new TerminalId("TILL0001");
  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  private static final long NOON =
      OffsetDateTime.parse("2026-11-22T12:00:00+09:00").toInstant().toEpochMilli();
  private static final String TRANSMITTED = "1122030000";
  private static final SaleKey FIRST =
      new SaleKey(TILL, 1, java.time.LocalDate.parse("2026-11-22"));

  private final List<String> journal = new ArrayList<>();
  private final ReferenceLedger ledger = new ReferenceLedger();
  private TerminalHost host = new TerminalHost(Set.of(TILL), SEOUL, journal);

  private static Iso8583Message purchase(int stan, long won) {
    return Iso8583Message.of(
        "0200",
        Map.of(
            3,
            "000000",
            4,
            "%012d".formatted(won),
            7,
            TRANSMITTED,
            11,
            "%06d".formatted(stan),
            13,
            "1122",
            41,
            TILL.value(),
            49,
            "410"));
  }

  private static Iso8583Message reversal(String type, int of, long won) {
    return purchase(900_000 + of, won)
        .with(90, "0200%06d%s%s".formatted(of, TRANSMITTED, "0".repeat(22)))
        .with(11, "%06d".formatted(900_000 + of))
        .with(13, "1122")
        .with(3, "000000")
        .fields()
        .entrySet()
        .stream()
        .collect(
            java.util.stream.Collectors.collectingAndThen(
                java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue),
                fields -> Iso8583Message.of(type, fields)));
  }

  private static Iso8583Message settlement(DayTotals totals) {
    return Elements.withTotals(
        Iso8583Message.of(
            "0500",
            Map.of(3, "920000", 7, TRANSMITTED, 11, "800000", 15, "1122", 41, TILL.value())),
        totals);
  }

  /**
   * Sends a message and gives the codes of what came back, with the ledger's answers in between.
   */
  private List<String> codes(Iso8583Message message) {
    return carryOut(host.received(message, NOON));
  }

  private List<String> carryOut(List<HostAction> actions) {
    var codes = new ArrayList<String>();
    for (var action : actions) {
      switch (action) {
        case Keep(var entry) -> journal.add(entry);
        case Ask(var request) ->
            codes.addAll(carryOut(host.answered(request, ledger.ask(request), NOON)));
        case Send(var answer) -> codes.add(answer.type() + ":" + answer.field(39).orElseThrow());
      }
    }
    return codes;
  }

  private void restart() {
    host = new TerminalHost(Set.of(TILL), SEOUL, List.copyOf(journal));
    carryOut(host.start(NOON));
  }

  @Test
  void a_repetition_gets_the_same_answer_and_moves_nothing_even_after_a_restart() {
    assertThat(codes(purchase(1, 4_500))).containsExactly("0210:00");
    assertThat(codes(purchase(1, 4_500))).containsExactly("0210:00");
    restart();
    var again = host.received(purchase(1, 4_500), NOON);
    assertThat(again).hasSize(1);
    assertThat(((Send) again.getFirst()).message().field(38)).contains("000001");
    assertThat(ledger.captured()).isEqualTo(new TreeMap<>(Map.of(FIRST, 4_500L)));
  }

  @Test
  void a_refusal_is_repeated_too_even_when_the_customer_could_pay_by_now() {
    ledger.refuseNext();
    assertThat(codes(purchase(1, 4_500))).containsExactly("0210:51");
    assertThat(codes(purchase(1, 4_500))).containsExactly("0210:51");
    assertThat(ledger.captured()).isEmpty();
  }

  @Test
  void the_same_key_with_another_amount_or_another_customer_is_a_conflict() {
    codes(purchase(1, 4_500));
    assertThat(codes(purchase(1, 4_501))).containsExactly("0210:94");
    assertThat(codes(purchase(1, 4_500).with(62, "another"))).containsExactly("0210:94");
    assertThat(ledger.captured()).isEqualTo(new TreeMap<>(Map.of(FIRST, 4_500L)));
  }

  @Test
  void a_reversal_that_comes_first_blocks_its_sale() {
    assertThat(codes(reversal("0420", 1, 4_500))).containsExactly("0430:00");
    assertThat(codes(purchase(1, 4_500))).containsExactly("0210:68");
    restart();
    assertThat(codes(purchase(1, 4_500))).containsExactly("0210:68");
    assertThat(ledger.captured()).isEmpty();
  }

  @Test
  void a_reversal_gives_back_once_and_is_answered_each_time() {
    codes(purchase(1, 4_500));
    assertThat(codes(reversal("0400", 1, 4_500))).containsExactly("0410:00");
    assertThat(codes(reversal("0401", 1, 4_500))).containsExactly("0410:00");
    assertThat(codes(reversal("0421", 1, 4_500))).containsExactly("0430:00");
    assertThat(ledger.captured()).isEmpty();
  }

  @Test
  void a_reversal_of_another_amount_or_from_another_terminal_moves_nothing() {
    codes(purchase(1, 4_500));
    assertThat(codes(reversal("0400", 1, 4_000))).containsExactly("0410:94");
    assertThat(codes(reversal("0400", 1, 4_500).with(41, "TILL0002"))).containsExactly("0410:58");
    assertThat(ledger.captured()).containsKey(FIRST);
  }

  @Test
  void a_reversal_beats_the_charge_that_is_still_under_way() {
    var asked = host.received(purchase(1, 4_500), NOON);
    var charge = ((Ask) asked.getLast()).request();
    var reversing = host.received(reversal("0420", 1, 4_500), NOON);
    var late = ledger.ask(charge);
    assertThat(host.answered(charge, late, NOON)).isEmpty();
    assertThat(carryOut(reversing)).containsExactly("0430:00");
    assertThat(ledger.captured()).isEmpty();
  }

  @Test
  void what_a_power_cut_left_unanswered_is_reversed() {
    var actions = host.received(purchase(1, 4_500), NOON);
    journal.add(((Keep) actions.getFirst()).entry());
    ledger.ask(((Ask) actions.getLast()).request());
    restart();
    assertThat(ledger.captured()).isEmpty();
    assertThat(codes(purchase(1, 4_500))).containsExactly("0210:68");
  }

  @Test
  void a_silent_ledger_means_that_nothing_is_charged() {
    var actions = host.received(purchase(1, 4_500), NOON);
    var charge = ((Ask) actions.getLast()).request();
    ledger.ask(charge);
    assertThat(carryOut(host.answered(charge, new LedgerAnswer.Unknown(), NOON)))
        .contains("0210:91");
    assertThat(ledger.captured()).isEmpty();
    assertThat(codes(purchase(1, 4_500))).containsExactly("0210:91");
  }

  @Test
  void the_journal_has_the_sale_before_the_ledger_hears_of_it_and_the_answer_before_the_till() {
    var asked = host.received(purchase(1, 4_500), NOON);
    assertThat(asked).hasExactlyElementsOfTypes(Keep.class, Ask.class);
    var charge = ((Ask) asked.getLast()).request();
    assertThat(host.answered(charge, ledger.ask(charge), NOON))
        .hasExactlyElementsOfTypes(Keep.class, Send.class);
  }

  @Test
  void a_sale_is_taken_back_on_its_day_only() {
    codes(purchase(1, 4_500));
    codes(purchase(2, 1_000));
    var taking =
        purchase(3, 4_500).with(3, "020000").with(90, "0200000001" + TRANSMITTED + "0".repeat(22));
    assertThat(codes(taking.with(4, "000000004000").with(11, "000004"))).containsExactly("0210:13");
    assertThat(codes(taking)).containsExactly("0210:00");
    assertThat(codes(taking)).containsExactly("0210:00");
    assertThat(codes(taking.with(11, "000005"))).containsExactly("0210:12");
    assertThat(codes(settlement(new DayTotals(1, 1_000, 0, 0)))).containsExactly("0510:00");
    var second =
        purchase(6, 1_000).with(3, "020000").with(90, "0200000002" + TRANSMITTED + "0".repeat(22));
    assertThat(codes(second)).containsExactly("0210:12");
  }

  @Test
  void totals_are_the_ledgers_and_a_closed_day_stays_as_it_was_agreed() {
    codes(purchase(1, 4_500));
    codes(purchase(2, 1_000));
    assertThat(codes(settlement(new DayTotals(2, 5_499, 0, 0)))).containsExactly("0510:95");
    assertThat(codes(settlement(new DayTotals(2, 5_500, 0, 0)))).containsExactly("0510:00");
    // A sale and a reversal after the close count on the next day.
    codes(purchase(3, 700));
    codes(reversal("0400", 1, 4_500));
    assertThat(codes(settlement(new DayTotals(2, 5_500, 0, 0)))).containsExactly("0510:00");
    restart();
    assertThat(codes(settlement(new DayTotals(2, 5_500, 0, 0)))).containsExactly("0510:00");
    assertThat(ledger.totals(TILL, FIRST.day().plusDays(1)))
        .isEqualTo(new DayTotals(1, 700, 1, 4_500));
  }

  @Test
  void strange_requests_have_their_answers_and_move_nothing() {
    assertThat(codes(purchase(1, 0))).containsExactly("0210:13");
    assertThat(codes(purchase(2, 500).with(49, "840"))).containsExactly("0210:12");
    assertThat(codes(purchase(3, 500).with(3, "200000"))).containsExactly("0210:12");
    assertThat(codes(purchase(4, 500).with(41, "TILL0009"))).containsExactly("0210:58");
    assertThat(codes(purchase(5, 500).with(13, "1101"))).containsExactly("0210:68");
    assertThat(codes(purchase(6, 500).with(13, "0230"))).containsExactly("0210:30");
    assertThat(codes(purchase(7, 500).with(7, "1001030000"))).containsExactly("0210:68");
    assertThat(codes(Iso8583Message.of("0200", Map.of(3, "000000")))).containsExactly("0210:30");
    assertThat(codes(Iso8583Message.of("0400", Map.of()))).containsExactly("0410:30");
    assertThat(codes(Iso8583Message.of("0500", Map.of()))).containsExactly("0510:30");
    assertThat(codes(Iso8583Message.of("0100", Map.of()))).containsExactly("0110:12");
    assertThat(codes(Iso8583Message.of("0800", Map.of(70, "301")))).containsExactly("0810:00");
    assertThat(codes(Iso8583Message.of("0210", Map.of()))).isEmpty();
    assertThat(ledger.captured()).isEmpty();
  }

  @Test
  void the_journals_shortest_form_says_the_same() {
    codes(purchase(1, 4_500));
    codes(reversal("0420", 2, 900));
    codes(settlement(new DayTotals(1, 4_500, 0, 0)));
    var other = new TerminalHost(Set.of(TILL), SEOUL, host.snapshot());
    assertThat(other.snapshot()).isEqualTo(host.snapshot());
    assertThat(host.snapshot()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"till", "terminal", "till journal"})
  void a_lost_answer_is_reversed_by_the_till(String who) {
    var shop = new Simulation(1, Weather.FINE);
    shop.purchase(4_500);
    if (who.equals("terminal")) shop.cutHost();
    else shop.cutTill();
    shop.settle();
    shop.pass(Duration.ofMinutes(2));
    assertThat(shop.ledger.captured()).isEmpty();
    assertThat(shop.till().standing()).isEmpty();
    assertThat(shop.news).hasAtLeastOneElementOfType(TillNews.NotConfirmed.class);
    assertThat(shop.news).hasAtLeastOneElementOfType(TillNews.Reversed.class);
  }
}
