package io.madang.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.chain.protobuf.ProtobufWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One record has one encoding, and nothing else is read. */
class EncodingTest {
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void reads_back_what_it_wrote(long seed) {
    var random = Seeds.random(seed);
    for (int i = 0; i < 20; i++) {
      var block = block(random);
      assertThat(Block.decode(block.encode())).contains(block);
      assertThat(Header.decode(block.header().encode())).contains(block.header());
      assertThat(Commit.decode(block.lastCommit().encode())).contains(block.lastCommit());
      var result = new TransactionResult(random.nextInt(3), bytes(random, 40).toByteArray());
      assertThat(TransactionResult.decode(result.encode())).contains(result);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void reads_altered_bytes_as_themselves_or_not_at_all(long seed) {
    var random = Seeds.random(seed);
    for (int i = 0; i < 300; i++) {
      var encoded = block(random).encode();
      switch (random.nextInt(3)) {
        case 0 -> encoded[random.nextInt(encoded.length)] = (byte) random.nextInt();
        case 1 -> encoded = Arrays.copyOf(encoded, random.nextInt(encoded.length));
        default -> random.nextBytes(encoded);
      }
      var altered = encoded;
      Block.decode(altered).ifPresent(block -> assertThat(block.encode()).isEqualTo(altered));
      Commit.decode(altered).ifPresent(commit -> assertThat(commit.encode()).isEqualTo(altered));
    }
  }

  @Test
  void refuses_other_encodings_of_the_same_result() {
    for (var other :
        List.of(
            new byte[] {8, (byte) 0x81, 0}, // 1 with a leading zero
            new byte[] {8, 2, 8, 1}, // a field twice
            new byte[] {18, 1, 7, 8, 1}, // fields in another order
            new byte[] {8, 1, 18, 0}, // a default written out
            new byte[] {8, 1, 24, 0}, // an unknown field
            new byte[] {8, 1, 18, 2, 7}, // cut off
            new byte[] {9, 1, 0, 0, 0, 0, 0, 0, 0}, // another wire type
            new byte[] {0, 1}, // field 0
            new byte[] {11, 12})) { // a group
      assertThat(TransactionResult.decode(other)).isEmpty();
    }
    assertThat(TransactionResult.decode(new byte[] {8, 1, 18, 1, 7}))
        .contains(new TransactionResult(1, new byte[] {7}));
  }

  @Test
  void refuses_a_block_without_its_parts() {
    var block = block(Seeds.random(1));
    assertThat(Block.decode(new byte[0])).isEmpty();
    assertThat(Block.decode(new ProtobufWriter().message(1, block.header().write()).toByteArray()))
        .isEqualTo(Optional.empty());
  }

  @Test
  void orders_members_by_power_then_address() {
    var members = new ArrayList<Member>();
    for (int i = 0; i < 20; i++) {
      members.add(new Member(TestKeys.ed25519(i).publicKey(), 1 + i % 3));
    }
    var ordered = MemberSet.of(members).members();
    for (int i = 1; i < ordered.size(); i++) {
      var before = ordered.get(i - 1);
      var after = ordered.get(i);
      assertThat(
              before.power() > after.power()
                  || (before.power() == after.power()
                      && before.address().compareTo(after.address()) < 0))
          .isTrue();
    }
    assertThat(MemberSet.of(members.reversed())).isEqualTo(MemberSet.of(members));
  }

  @Test
  void takes_no_impossible_set_of_members() {
    var member = new Member(TestKeys.ed25519(1).publicKey(), MemberSet.MAX_TOTAL_POWER);
    var other = new Member(TestKeys.ed25519(2).publicKey(), 1);
    for (var impossible : List.of(List.of(member, member), List.of(member, other))) {
      assertThatThrownBy(() -> MemberSet.of(impossible))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Member(TestKeys.p256(1).publicKey(), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Member(TestKeys.ed25519(1).publicKey(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cuts_large_blocks_into_parts() {
    assertThat(PartSetHeader.of(new byte[PartSetHeader.PART_BYTES]).total()).isEqualTo(1);
    assertThat(PartSetHeader.of(new byte[PartSetHeader.PART_BYTES + 1]).total()).isEqualTo(2);
  }

  private static Block block(RandomGenerator random) {
    var header =
        new Header(
            random.nextLong(),
            random.nextInt(2),
            "chain-" + random.nextInt(10),
            random.nextLong(),
            time(random),
            blockId(random),
            bytes(random, 40),
            bytes(random, 40),
            bytes(random, 40),
            bytes(random, 40),
            bytes(random, 40),
            bytes(random, 40),
            bytes(random, 40),
            bytes(random, 40),
            bytes(random, 40));
    var transactions = new ArrayList<Bytes>();
    for (int i = random.nextInt(5); i > 0; i--) {
      transactions.add(bytes(random, 300));
    }
    var evidence = new ArrayList<Evidence>();
    for (int i = random.nextInt(3); i > 0; i--) {
      evidence.add(new Evidence(random.nextInt(1, 3), bytes(random, 100)));
    }
    var signatures = new ArrayList<CommitSignature>();
    for (int i = random.nextInt(4); i > 0; i--) {
      signatures.add(
          random.nextInt(4) == 0
              ? CommitSignature.ABSENT
              : new CommitSignature(
                  CommitSignature.Flag.COMMIT, bytes(random, 20), time(random), bytes(random, 64)));
    }
    var commit =
        new Commit(
            random.nextLong(), random.nextInt(0, Integer.MAX_VALUE), blockId(random), signatures);
    return new Block(header, transactions, evidence, commit);
  }

  private static BlockId blockId(RandomGenerator random) {
    return random.nextInt(4) == 0
        ? BlockId.NONE
        : new BlockId(
            bytes(random, 33), new PartSetHeader(random.nextInt(0, 200), bytes(random, 33)));
  }

  private static Instant time(RandomGenerator random) {
    return Instant.ofEpochSecond(
        random.nextLong(-62_135_596_800L, 253_402_300_800L), random.nextInt(1_000_000_000));
  }

  private static Bytes bytes(RandomGenerator random, int bound) {
    var bytes = new byte[random.nextInt(bound)];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }
}
