package io.madang.gateway.command.election;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands of an open election refuse, and that a refusal changes nothing. */
class ElectionRefusalsTest {
  private static final String ARCHIVE = "@" + Desk.ID + ".bel";

  @TempDir private Path folder;

  private Desk desk = new Desk(Path.of(""));

  @BeforeEach
  void open_an_election() throws IOException {
    desk = new Desk(folder);
    desk.open();
  }

  private byte[] archive() throws IOException {
    return Files.readAllBytes(desk.file(Desk.ID + ".bel"));
  }

  @Test
  void single_trustees_and_ed25519_come_to_a_result_too() {
    desk.vote("민지", "1.json", "1", "none");
    desk.vote("서준", "2.json", "blank", "1,2");
    desk.vote("연합", "3.json", "3", "2");
    desk.vote("민지", "4.json", "3", "1");
    desk.done("election", "add", ARCHIVE, "@1.json", "@2.json", "@3.json", "@4.json");
    desk.done("election", "close", ARCHIVE);
    desk.done("election", "tally", ARCHIVE);
    desk.done(
        "trustee", "decrypt", ARCHIVE, "--key", "@trustee/trustee-private.json", "--out", "@part");
    desk.done("election", "decrypt-add", ARCHIVE, "@part");
    desk.done("election", "result", ARCHIVE);

    assertThat(desk.done("election", "show", ARCHIVE).lines().map(String::strip))
        .contains(
            "state        finished",
            "ballots      4, of which 3 count, of weight 7",
            "3             6  다",
            "1  blank",
            "1             2  a",
            "2             6  b");
  }

  @Test
  void a_ballot_is_counted_once_and_never_comes_back() throws IOException {
    var first = desk.vote("민지", "1.json", "1", "none");
    desk.done("election", "add", ARCHIVE, "@1.json");
    var second = desk.vote("민지", "2.json", "2", "1");
    assertThat(desk.done("election", "add", ARCHIVE, "@2.json"))
        .contains(second + ", in place of " + first);
    byte[] before = archive();

    assertThat(desk.refused("election", "add", ARCHIVE, "@1.json")).contains("repeated-ballot");
    assertThat(archive()).isEqualTo(before);
    assertThat(desk.type("election", "verify", ARCHIVE, "--tracker", second).exitCode()).isZero();
    var gone = desk.type("election", "verify", ARCHIVE, "--tracker", first);
    assertThat(gone.exitCode()).isEqualTo(1);
    assertThat(gone.out()).contains("NOT COUNTED");
  }

  @Test
  void of_several_ballots_all_are_added_or_none() throws IOException {
    desk.vote("민지", "1.json", "1", "none");
    desk.write("bad.json", Files.readString(desk.file("1.json")).replace("\"proof\"", "\"prooF\""));
    byte[] before = archive();

    var answer = desk.type("election", "add", ARCHIVE, "@1.json", "@bad.json");

    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err()).contains("bad.json is refused: not-canonical");
    assertThat(archive()).isEqualTo(before);
  }

  @Test
  void choices_that_the_question_does_not_allow_are_refused() {
    assertThat(refusedVote("4", "none")).contains("answers 1 to 3");
    assertThat(refusedVote("0", "none")).contains("answers 1 to 3");
    assertThat(refusedVote("1,2", "none")).contains("asks for 1 of");
    assertThat(refusedVote("none", "none")).contains("or blank");
    assertThat(refusedVote("1", "blank")).contains("no blank vote");
    assertThat(refusedVote("1", "1,1")).contains("chosen twice");
    assertThat(refusedVote("가", "1")).contains("not 가");
    assertThat(
            desk.refused(
                "election",
                "vote",
                ARCHIVE,
                "--credential",
                "@민지.txt",
                "--choice",
                "1",
                "--out",
                "@x.json"))
        .contains("2 questions");
    assertThat(desk.file("x.json")).doesNotExist();
  }

  private String refusedVote(String first, String second) {
    return desk.refused(
        "election",
        "vote",
        ARCHIVE,
        "--credential",
        "@민지.txt",
        "--choice",
        first,
        "--choice",
        second,
        "--out",
        "@x.json");
  }

  @Test
  void a_credential_that_is_misread_or_of_nobody_is_refused() throws IOException {
    desk.write("민지.txt", "12345-123456-12345-12345O");
    assertThat(refusedVote("1", "none")).contains("misread");
    desk.write("민지.txt", "12345-123456-12345-123456");
    assertThat(refusedVote("1", "none")).contains("another election");
  }

  @Test
  void a_revoked_or_replaced_credential_does_not_vote() throws IOException {
    desk.done("registrar", "reissue", "--dir", "@registrar", "--voter", "민지");
    desk.done("registrar", "revoke", "--dir", "@registrar", "--voter", "서준");
    desk.done(
        "election",
        "open",
        "--draft",
        "@election.json",
        "--trustees",
        "@trustees.json",
        "--credentials",
        "@registrar/public-credentials.json",
        "--out",
        "@.",
        "--force");

    assertThat(refusedVote("1", "none")).contains("was replaced");
    Files.move(desk.file("서준.txt"), desk.file("민지.txt"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(refusedVote("1", "none")).contains("was replaced");
    assertThat(Files.readString(desk.file("registrar/credentials.csv"))).doesNotContain("서준");
    assertThat(desk.refused("registrar", "revoke", "--dir", "@registrar", "--voter", "서준"))
        .contains("no voter 서준");
  }

  @Test
  void nothing_happens_before_its_time_or_twice() throws IOException {
    desk.vote("민지", "1.json", "1", "none");
    desk.write("part", "{}");
    byte[] open = archive();
    assertThat(desk.refused("election", "tally", ARCHIVE)).contains("after the voting has ended");
    assertThat(desk.refused("election", "result", ARCHIVE)).contains("0 of 1");
    assertThat(desk.refused("election", "decrypt-add", ARCHIVE, "@part")).contains("after the enc");
    assertThat(refusedDecryption("@trustee/trustee-private.json")).contains("no tally");
    assertThat(archive()).isEqualTo(open);

    desk.done("election", "close", ARCHIVE);
    assertThat(desk.refused("election", "close", ARCHIVE)).contains("ended already");
    assertThat(desk.refused("election", "add", ARCHIVE, "@1.json")).contains("wrong-order");
    desk.done("election", "tally", ARCHIVE);
    assertThat(desk.refused("election", "tally", ARCHIVE)).contains("once");
    assertThat(desk.refused("election", "decrypt-add", ARCHIVE, "@part"))
        .contains("no trustee of this election");
  }

  private String refusedDecryption(String key) {
    return desk.refused("trustee", "decrypt", ARCHIVE, "--key", key, "--out", "@decryption");
  }

  @Test
  void only_a_trustee_of_this_election_decrypts() {
    desk.done("election", "close", ARCHIVE);
    desk.done("election", "tally", ARCHIVE);
    desk.done("trustee", "key", "--group", "Ed25519", "--out", "@stranger");
    desk.done("trustee", "key", "--out", "@larger");

    assertThat(refusedDecryption("@stranger/trustee-private.json")).contains("no trustee");
    assertThat(refusedDecryption("@larger/trustee-private.json")).contains("another group");
    assertThat(refusedDecryption("@trustee/trustee-public.json")).contains("not-canonical");
  }

  @Test
  void an_altered_archive_is_refused_with_the_place_and_the_reason() throws IOException {
    desk.vote("민지", "1.json", "1", "none");
    desk.done("election", "add", ARCHIVE, "@1.json");
    Files.write(desk.file("earlier.bel"), archive());
    byte[] altered = archive();
    altered[altered.length - 600] ^= 1;
    Files.write(desk.file(Desk.ID + ".bel"), altered);

    var answer = desk.type("election", "verify", ARCHIVE);
    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.out()).contains("INVALID").containsPattern("Record \\d+ \\(event \\d+");
    assertThat(desk.refused("election", "show", ARCHIVE)).contains("Record");
    assertThat(desk.refused("election", "close", ARCHIVE)).contains("Record");
    var vanished = desk.type("election", "verify", ARCHIVE, "--earlier", "@earlier.bel");
    assertThat(vanished.exitCode()).isEqualTo(1);
    assertThat(vanished.out()).contains("not-an-extension");
    assertThat(archive()).isEqualTo(altered);
  }

  @Test
  void a_shortened_archive_does_not_pass_for_the_later_one() throws IOException {
    Files.write(desk.file("opening.bel"), archive());
    desk.vote("민지", "1.json", "1", "none");
    desk.done("election", "add", ARCHIVE, "@1.json");

    desk.done("election", "verify", ARCHIVE, "--earlier", "@opening.bel");
    assertThat(desk.type("election", "verify", "@opening.bel", "--earlier", ARCHIVE).exitCode())
        .isEqualTo(1);
  }

  @Test
  void files_that_are_no_archive_are_refused_in_a_sentence() throws IOException {
    desk.write("empty.bel", "");
    desk.write("text.bel", "투표함".repeat(2_000));
    for (var file : new String[] {"@empty.bel", "@text.bel"}) {
      assertThat(desk.type("election", "verify", file).exitCode()).isEqualTo(1);
      desk.refused("election", "close", file);
      desk.refused(
          "election", "vote", file, "--credential", "@민지.txt", "--choice", "1", "--out", "@x");
    }
    assertThat(desk.refused("election", "verify", "@none.bel")).contains("no file");
    assertThat(desk.refused("election", "verify", "@registrar")).contains("not a file");
    assertThat(desk.refused("election", "verify", ARCHIVE, "--tracker", "x")).contains("43");
  }

  @Test
  void two_commands_never_write_at_once() throws IOException {
    desk.vote("민지", "1.json", "1", "none");
    try (var other = FileChannel.open(desk.file(Desk.ID + ".bel"), StandardOpenOption.WRITE);
        var lock = other.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertThat(desk.refused("election", "add", ARCHIVE, "@1.json")).contains("another command");
      desk.done("election", "verify", ARCHIVE);
    }
    desk.done("election", "add", ARCHIVE, "@1.json");
  }

  @Test
  void nothing_is_replaced_unless_asked_for() throws IOException {
    byte[] before = archive();
    var key = Files.readString(desk.file("trustee/trustee-private.json"));

    assertThat(desk.refused("trustee", "key", "--group", "Ed25519", "--out", "@trustee"))
        .contains("exists already");
    assertThat(
            desk.refused(
                "registrar",
                "credentials",
                "--election-id",
                Desk.ID,
                "--count",
                "3",
                "--out",
                "@registrar"))
        .contains("exists already");
    assertThat(
            desk.refused(
                "election",
                "open",
                "--draft",
                "@election.json",
                "--trustees",
                "@trustees.json",
                "--credentials",
                "@registrar/public-credentials.json",
                "--out",
                "@."))
        .contains("exists already");
    assertThat(archive()).isEqualTo(before);
    assertThat(desk.file("trustee/trustee-private.json")).hasContent(key);

    desk.done("trustee", "key", "--group", "Ed25519", "--out", "@trustee", "--force");
    assertThat(Files.readString(desk.file("trustee/trustee-private.json"))).isNotEqualTo(key);
  }
}
