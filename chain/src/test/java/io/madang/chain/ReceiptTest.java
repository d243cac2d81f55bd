package io.madang.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.chain.ReceiptVerification.Invalid;
import io.madang.chain.ReceiptVerification.Reason;
import io.madang.chain.ReceiptVerification.Valid;
import io.madang.chain.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReceiptTest {
  private static final TestChain CHAIN = new TestChain(4);
  private static final TrustedMembers TRUSTED = trusted(TestChain.ID, CHAIN);

  @Test
  void proves_every_transaction_of_a_chain() {
    for (int height = 1; height < 10; height++) {
      for (int index = 0; index < CHAIN.block(height).transactions().size(); index++) {
        var receipt = receipt(height, index);
        var statement = statement(receipt);
        assertThat(receipt.verify(TRUSTED))
            .isEqualTo(
                new Valid(
                    new ReceiptVerification.Details(
                        statement.signer(),
                        statement.payload().id(),
                        "transfer",
                        statement.payload().operation(),
                        statement.hash(),
                        height,
                        CHAIN.header(height).time(),
                        CHAIN.results(height).get(index))));
      }
    }
  }

  @Test
  void reads_back_what_it_wrote() {
    var receipt = receipt(7, 3);
    var text = receipt.encode();
    assertThat(Receipt.read(text)).isEqualTo(new ReceiptReading.Read(receipt));
    assertThat(CanonicalJson.read(text)).isInstanceOf(CanonicalJson.Result.Read.class);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void refuses_a_receipt_with_any_bit_flipped(long seed) {
    var random = Seeds.random(seed);
    int height = random.nextInt(1, 10);
    var receipt = receipt(height, random.nextInt(height));
    var proven = receipt.verify(TRUSTED);
    var text = receipt.encode();
    for (int i = 0; i < 150; i++) {
      var altered = text.clone();
      int bit = random.nextInt(8 * text.length);
      altered[bit / 8] ^= (byte) (1 << (bit % 8));
      assertRefusedOrOnlyTotalDiffers(receipt, proven, altered);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void refuses_a_receipt_with_any_byte_replaced_or_cut(long seed) {
    var random = Seeds.random(seed);
    int height = random.nextInt(1, 10);
    var receipt = receipt(height, random.nextInt(height));
    var proven = receipt.verify(TRUSTED);
    var text = receipt.encode();
    for (int i = 0; i < 100; i++) {
      var altered = text.clone();
      int at = random.nextInt(text.length);
      altered[at] = (byte) random.nextInt();
      if (altered[at] != text[at]) {
        assertRefusedOrOnlyTotalDiffers(receipt, proven, altered);
      }
      assertThat(Receipt.read(Arrays.copyOf(text, at))).isInstanceOf(ReceiptReading.Refused.class);
    }
  }

  /**
   * The number of leaves is the one thing that a Merkle root does not vouch for ({@link
   * MerklePath}). A receipt that says another number, where the path fits it, proves the same
   * details.
   */
  private static void assertRefusedOrOnlyTotalDiffers(
      Receipt receipt, ReceiptVerification proven, byte[] altered) {
    if (Receipt.read(altered) instanceof ReceiptReading.Read(var other)) {
      var verification = other.verify(TRUSTED);
      if (verification instanceof Valid) {
        assertThat(verification).isEqualTo(proven);
        var path = other.inclusion().path();
        assertThat(path.total()).isNotEqualTo(receipt.inclusion().path().total());
        assertThat(withPath(other, receipt.inclusion().path())).isEqualTo(receipt);
      }
    }
  }

  @Test
  void names_the_reason_of_each_refusal() {
    var receipt = receipt(5, 2);
    var inclusion = receipt.inclusion();
    var outcome = receipt.outcome();
    var other = receipt(5, 3);

    assertReason(receipt.verify(trusted("another-chain", CHAIN)), Reason.CHAIN);
    assertReason(
        new Receipt(TestChain.ID, "a.b.c", inclusion, outcome).verify(TRUSTED), Reason.TRANSACTION);
    var text = receipt.transaction();
    var wrongSignature = text.substring(0, text.lastIndexOf('.') + 1) + "A".repeat(86);
    assertReason(
        new Receipt(TestChain.ID, wrongSignature, inclusion, outcome).verify(TRUSTED),
        Reason.SIGNATURE);
    assertReason(
        new Receipt(TestChain.ID, text, inclusion, receipt(6, 2).outcome()).verify(TRUSTED),
        Reason.SUCCESSION);
    assertReason(
        receipt.verify(trusted(TestChain.ID, new TestChain(4, 100))), Reason.INCLUSION_COMMIT);
    assertReason(
        withOutcome(
                receipt,
                new Receipt.Outcome(
                    outcome.header(),
                    CHAIN.commitBy(6, List.of(0, 1)),
                    outcome.result(),
                    outcome.aunts()))
            .verify(TRUSTED),
        Reason.OUTCOME_COMMIT);
    assertReason(
        new Receipt(TestChain.ID, other.transaction(), inclusion, outcome).verify(TRUSTED),
        Reason.INCLUSION_PATH);
    assertReason(withOutcome(receipt, other.outcome()).verify(TRUSTED), Reason.OUTCOME_PATH);
    assertReason(
        withOutcome(
                receipt,
                new Receipt.Outcome(
                    outcome.header(),
                    outcome.commit(),
                    new TransactionResult(1, new byte[0]),
                    outcome.aunts()))
            .verify(TRUSTED),
        Reason.OUTCOME_PATH);
  }

  @Test
  void takes_the_signatures_of_three_of_four_members_and_not_of_two() {
    for (var signers : List.of(List.of(0, 1, 2), List.of(1, 2, 3), List.of(0, 1, 2, 3))) {
      var receipt = receiptSignedBy(signers);
      assertThat(receipt.verify(TRUSTED)).isInstanceOf(Valid.class);
    }
    assertReason(receiptSignedBy(List.of(2, 3)).verify(TRUSTED), Reason.INCLUSION_COMMIT);
  }

  @Test
  void carries_a_refused_transaction_without_data() {
    var receipt = receipt(5, 2);
    var refused =
        withOutcome(
            receipt,
            new Receipt.Outcome(
                receipt.outcome().header(),
                receipt.outcome().commit(),
                new TransactionResult(7, new byte[0]),
                receipt.outcome().aunts()));
    assertThat(Receipt.read(refused.encode())).isEqualTo(new ReceiptReading.Read(refused));
  }

  @Test
  void makes_no_receipt_of_parts_that_do_not_belong_together() {
    assertThatThrownBy(
            () ->
                new BlockReceipts(
                    CHAIN.block(5),
                    CHAIN.commit(5),
                    CHAIN.results(4),
                    CHAIN.header(6),
                    CHAIN.commit(6)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void reads_and_writes_the_members_file() {
    assertThat(TrustedMembers.read(TRUSTED.encode()))
        .isEqualTo(new TrustedMembers.Reading.Read(TRUSTED));
    assertThat(TRUSTED.members()).isEqualTo(CHAIN.members());
  }

  @Test
  void refuses_any_other_members_file() {
    var file = new String(TRUSTED.encode(), StandardCharsets.UTF_8);
    var key = CHAIN.members().members().getFirst().key().toString();
    for (var other :
        List.of(
            "",
            "{}",
            file + " ",
            file.replace("madang-members", "madang-receipt"),
            file.replace("\"version\":1", "\"version\":2"),
            file.replaceFirst("\"power\":1", "\"power\":0"),
            file.replaceFirst("\"power\":1", "\"power\":1,\"x\":1"),
            file.replaceFirst("Member 0", ""),
            file.replace(key, CHAIN.members().members().getLast().key().toString()),
            file.replace(key, TestKeys.p256(1).publicKey().toString()),
            file.replace(TestChain.ID, "Madang"))) {
      assertThat(TrustedMembers.read(other.getBytes(StandardCharsets.UTF_8)))
          .as(other)
          .isInstanceOf(TrustedMembers.Reading.Refused.class);
    }
  }

  private static void assertReason(ReceiptVerification verification, Reason reason) {
    assertThat(verification)
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid -> assertThat(invalid.reason()).as(invalid.detail()).isEqualTo(reason));
  }

  private static Receipt withOutcome(Receipt receipt, Receipt.Outcome outcome) {
    return new Receipt(receipt.chain(), receipt.transaction(), receipt.inclusion(), outcome);
  }

  private static Receipt withPath(Receipt receipt, MerklePath path) {
    var inclusion = receipt.inclusion();
    return new Receipt(
        receipt.chain(),
        receipt.transaction(),
        new Receipt.Inclusion(inclusion.header(), inclusion.commit(), path),
        receipt.outcome());
  }

  private static Receipt receipt(int height, int index) {
    return new BlockReceipts(
            CHAIN.block(height),
            CHAIN.commit(height),
            CHAIN.results(height),
            CHAIN.header(height + 1),
            CHAIN.commit(height + 1))
        .receipt(index);
  }

  private static Receipt receiptSignedBy(List<Integer> signers) {
    return new BlockReceipts(
            CHAIN.block(5),
            CHAIN.commitBy(5, signers),
            CHAIN.results(5),
            CHAIN.header(6),
            CHAIN.commitBy(6, signers))
        .receipt(1);
  }

  private static Statement statement(Receipt receipt) {
    return ((StatementReading.Read) StatementReader.read(receipt.transaction())).statement();
  }

  private static TrustedMembers trusted(String chain, TestChain members) {
    var named = new ArrayList<TrustedMembers.Named>();
    for (var member : members.members().members()) {
      named.add(new TrustedMembers.Named("Member " + named.size(), member));
    }
    return new TrustedMembers(chain, named);
  }
}
