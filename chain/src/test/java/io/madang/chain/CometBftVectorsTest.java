package io.madang.chain;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.PublicKey.Algorithm;
import io.madang.chain.crypto.Ed25519;
import io.madang.chain.crypto.Ed25519PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Vectors from CometBFT's own tests, and one precommit of a real network. */
class CometBftVectorsTest {
  private static final Instant GO_ZERO = Instant.parse("0001-01-01T00:00:00Z");
  private static final BlockId BLOCK_10 =
      new BlockId(
          Bytes.parseHex("00ECDAC463C201ECD4BDBBAAE4A53A4C80291D4051FD69ED97F6420CE1388BFE"),
          new PartSetHeader(
              1,
              Bytes.parseHex("FF0A320E696FD233DD4D3CC7CD82FF90F54B8FDBC9C700D9375C95A02782B062")));

  @Test
  void builds_the_merkle_trees_of_rfc_6962() {
    // crypto/merkle/rfc6962_test.go and tree_test.go
    assertThat(MerkleTree.rootOf(List.of()))
        .isEqualTo(Hash.parse("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    assertThat(MerkleTree.leafHash(new byte[0]))
        .isEqualTo(Hash.parse("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"));
    assertThat(MerkleTree.leafHash("L123456".getBytes(US_ASCII)))
        .isEqualTo(Hash.parse("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"));
    assertThat(MerkleTree.rootOf(List.of(new byte[] {1, 2, 3})))
        .isEqualTo(Hash.parse("054edec1d0211f624fed0cbca9d4f9400b0e491c43742af2c5b0abebf0c990d8"));
    assertThat(MerkleTree.rootOf(List.of(new byte[] {1, 2, 3}, new byte[] {4, 5, 6})))
        .isEqualTo(Hash.parse("82e6cfce00453804379b53962939eaa7906b39904be0813fcadd31b100773c4b"));
    assertThat(new MerkleHasher().node("N123".getBytes(US_ASCII), "N456".getBytes(US_ASCII)))
        .isEqualTo(
            HexFormat.of()
                .parseHex("aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"));
  }

  @Test
  void signs_votes_over_the_same_bytes() {
    // types/vote_test.go
    assertThat(signBytes(new CanonicalVote(0, 0, 0, BlockId.NONE, GO_ZERO, "")))
        .isEqualTo("0D2A0B088092B8C398FEFFFFFF01");
    assertThat(signBytes(new CanonicalVote(2, 1, 1, BlockId.NONE, GO_ZERO, "")))
        .isEqualTo("210802110100000000000000190100000000000000" + "2A0B088092B8C398FEFFFFFF01");
    assertThat(signBytes(new CanonicalVote(0, 1, 1, BlockId.NONE, GO_ZERO, "test_chain_id")))
        .isEqualTo(
            "2E110100000000000000190100000000000000"
                + "2A0B088092B8C398FEFFFFFF01320D746573745F636861696E5F6964");
  }

  @Test
  void verifies_a_precommit_of_a_real_network() {
    var vote =
        new CanonicalVote(
            CanonicalVote.PRECOMMIT,
            10,
            0,
            BLOCK_10,
            Instant.parse("2023-05-17T14:12:53.605374524Z"),
            "dockerchain");
    assertThat(signBytes(vote))
        .isEqualTo(
            "700802110A0000000000000022480A2000ECDAC463C201ECD4BDBBAAE4A53A4C80291D4051FD69ED97F6"
                + "420CE1388BFE122408011220FF0A320E696FD233DD4D3CC7CD82FF90F54B8FDBC9C700D9375C95A0"
                + "2782B0622A0C08E5C193A30610BC90D5A002320B646F636B6572636861696E");
    var key = Base64.getDecoder().decode("bNNlGls5R25wC3Sd8720F/3+7IZBhXcD22MNFtPk/v0=");
    var signature =
        Base64.getDecoder()
            .decode(
                "5y0Kas3bSrgVYG/QKwWovMpTBfavZfy/A8DXkQHzFHVMjOcVk2TK6xhYQasfiodordg1bjDf7NDwNi/YdilaAw==");
    assertThat(
            Ed25519.verify(Ed25519PublicKey.parse(key).orElseThrow(), vote.signBytes(), signature))
        .isTrue();
    var member = new Member(PublicKey.of(Algorithm.ED25519, key), 10);
    assertThat(member.address()).hasToString("2DD9F44FD9067555C322243C3C913BA7B51D2BE0");
    assertThat(MemberSet.of(List.of(member)).hash())
        .hasToString("33415EFFCEDA5BD0A3A443A727457D9F7B9E38389BF27A936FEDF749A7B7566E");
  }

  @Test
  void hashes_consensus_parameters() {
    assertThat(new ConsensusParameters(22_020_096, -1).hash())
        .hasToString("048091BC7DDC283F77BFBF91D73C44DA58C3DF8A9CBC867405D8B7F3DAADA22F");
  }

  private static String signBytes(CanonicalVote vote) {
    return HexFormat.of().withUpperCase().formatHex(vote.signBytes());
  }
}
