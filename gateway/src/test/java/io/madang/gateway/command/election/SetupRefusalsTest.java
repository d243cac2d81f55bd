package io.madang.gateway.command.election;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before an election opens. */
class SetupRefusalsTest {
  @TempDir private Path folder;

  private Desk desk = new Desk(Path.of(""));

  @BeforeEach
  void sit_down() {
    desk = new Desk(folder);
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"name\" | \"nane\" | nane is no field",
        "\"회장 선거\" | \"\" | name is missing",
        "\"회장 선거\" | 7 | name must be a text",
        "\"회장 선거\" | {\"ko\":\"선거\"} | must have the texts",
        "\"회장 선거\" | {\"ko\":\"선거\",\"en\":\"e\",\"fr\":\"f\"} | name.fr is no field",
        "\"회장 선거\" | \"a\\u001b[2Jb\" | control characters",
        "Ed25519 | P-256 | no group P-256",
        "\"max\":2 | \"max\":3 | max must be a whole number from 0 to 2",
        "\"max\":2 | \"max\":1.5 | max must be",
        "\"min\":0 | \"min\":-1 | min must be",
        "\"blank\":true | \"blank\":\"yes\" | blank must be true or false",
        "[\"a\",\"b\"] | [] | answers must be a list",
        "[\"a\",\"b\"] | [\"a\",\" \"] | answers[1] is empty",
        "\"Which?\" | \"\" | questions[1].question is missing",
        "{\"name\" | {\"id\":\"x\",\"name\" | leave it out",
        "{\"name\" | [\"name\" | not a JSON object",
      })
  void a_wrong_draft_is_refused_with_the_place(String right, String wrong, String sentence)
      throws IOException {
    assertThat(Desk.DRAFT).contains(right);
    desk.write("draft.json", Desk.DRAFT.replace(right, wrong));

    assertThat(desk.refused("election", "new", "@draft.json", "--out", "@out.json"))
        .contains(sentence);
    assertThat(desk.file("out.json")).doesNotExist();
  }

  @Test
  void bytes_that_are_not_utf8_and_files_without_end_are_refused() throws IOException {
    Files.write(desk.file("draft.json"), new byte[] {'{', (byte) 0xFF, '}'});
    assertThat(desk.refused("election", "new", "@draft.json", "--out", "@out.json"))
        .contains("UTF-8");
    desk.write("draft.json", " ".repeat(2 << 20));
    assertThat(desk.refused("election", "new", "@draft.json", "--out", "@out.json"))
        .contains("longer than");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "민지;서준;민지 | twice",
        "Min@x.kr;min@X.kr | twice",
        "민지,0 | weight",
        "민지,-2 | weight",
        "민지,1.5 | weight",
        "민지,1,2 | weight",
        "민지,9999999999999 | weight",
        "민지,999999999999;서준,999999999999 | all weights",
        ",3 | 1 to 200 characters",
        "민\"지 | quotes",
        ";; | must name 1 to",
      })
  void a_wrong_list_of_voters_is_refused(String lines, String sentence) throws IOException {
    desk.write("voters.txt", lines.replace(';', '\n'));

    assertThat(
            desk.refused(
                "registrar",
                "credentials",
                "--election-id",
                Desk.ID,
                "--voters",
                "@voters.txt",
                "--out",
                "@registrar"))
        .contains(sentence);
    assertThat(desk.file("registrar")).doesNotExist();
  }

  @Test
  void voters_can_be_known_by_numbers_alone() throws IOException {
    assertThat(desk.refused(credentials("--count", "0"))).contains("--count");
    assertThat(desk.refused(credentials("--count", "1000001"))).contains("--count");
    desk.done(credentials("--count", "10"));

    assertThat(Files.readAllLines(desk.file("registrar/credentials.csv")))
        .hasSize(11)
        .element(1)
        .asString()
        .startsWith("01,1,");
  }

  private static String[] credentials(String option, String value) {
    return new String[] {
      "registrar",
      "credentials",
      "--election-id",
      Desk.ID,
      "--group",
      "Ed25519",
      option,
      value,
      "--out",
      "@registrar"
    };
  }

  @Test
  void what_a_person_is_called_cannot_change_the_printed_page() throws IOException {
    desk.write("voters.txt", "<script>alert(1)</script>&");
    desk.done(credentials("--voters", "@voters.txt"));

    assertThat(Files.readString(desk.file("registrar/credentials.html")))
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;&amp;")
        .doesNotContain("<script>");
  }

  @Test
  void a_threshold_is_below_the_number_of_members() {
    assertThat(refusedCertificate("3", "3", "1")).contains("--threshold");
    assertThat(refusedCertificate("3", "0", "1")).contains("--threshold");
    assertThat(refusedCertificate("1", "1", "1")).contains("--size");
    assertThat(refusedCertificate("101", "2", "1")).contains("--size");
    assertThat(refusedCertificate("3", "2", "4")).contains("--index");
  }

  private String refusedCertificate(String size, String threshold, String index) {
    return desk.refused(
        "trustee",
        "certificate",
        "--size",
        size,
        "--threshold",
        threshold,
        "--index",
        index,
        "--out",
        "@trustee");
  }

  @Test
  void a_ceremony_with_a_wrong_message_ends_in_a_sentence() {
    for (int i = 1; i <= 3; i++) {
      desk.done(
          "trustee",
          "certificate",
          "--group",
          "Ed25519",
          "--size",
          "3",
          "--threshold",
          "2",
          "--index",
          "" + i,
          "--out",
          "@t" + i);
    }
    assertThat(refusedPolynomial("@t2/certificate.json", "@t1/certificate.json"))
        .contains("wrong-certificate");
    assertThat(refusedPolynomial("@t1/certificate.json", "@t1/certificate.json"))
        .contains("wrong-certificate");
    assertThat(refusedPolynomial("@t1/certificate.json", "@t2/member-private.json"))
        .contains("certs[1]");
    for (int i = 1; i <= 3; i++) {
      desk.done(
          "trustee",
          "polynomial",
          "--member",
          "@t" + i + "/member-private.json",
          "--certificate",
          "@t1/certificate.json",
          "@t2/certificate.json",
          "@t3/certificate.json",
          "--out",
          "@p" + i);
    }
    assertThat(refusedKey("@p1", "@p3", "@p2")).contains("wrong-signature-of-trustee");
    assertThat(refusedKey("@p1", "@p2")).contains("3 certificates but 2 files");
    assertThat(desk.file("t1/trustee-private.json")).doesNotExist();
  }

  private String refusedPolynomial(String first, String second) {
    return desk.refused(
        "trustee",
        "polynomial",
        "--member",
        "@t1/member-private.json",
        "--certificate",
        first,
        second,
        "@t3/certificate.json",
        "--out",
        "@p");
  }

  private String refusedKey(String... polynomials) {
    var words =
        new ArrayList<>(
            List.of(
                "trustee",
                "key",
                "--member",
                "@t1/member-private.json",
                "--certificate",
                "@t1/certificate.json",
                "@t2/certificate.json",
                "@t3/certificate.json",
                "--out",
                "@t1",
                "--polynomial"));
    words.addAll(List.of(polynomials));
    return desk.refused(words.toArray(String[]::new));
  }

  @Test
  void an_election_opens_only_with_parts_that_fit() throws IOException {
    desk.open();
    desk.done("trustee", "key", "--out", "@larger");
    assertThat(
            desk.refused(
                "election",
                "trustees",
                "--group",
                "Ed25519",
                "--single",
                "@larger/trustee-public.json",
                "--out",
                "@t.json"))
        .contains("trustee-public.json is refused");
    assertThat(desk.refused("election", "trustees", "--out", "@t.json")).contains("needs trustees");
    desk.write("nobody.json", "[]");
    desk.write("voters.json", "[\"" + "00".repeat(31) + "02\"]");
    for (var credentials : new String[] {"@nobody.json", "@voters.json", "@election.json"}) {
      desk.refused(
          "election",
          "open",
          "--draft",
          "@election.json",
          "--trustees",
          "@trustees.json",
          "--credentials",
          credentials,
          "--out",
          "@new");
    }
    assertThat(desk.file("new")).doesNotExist();
  }

  @Test
  void a_backup_that_cannot_be_written_is_not_passed_over() throws IOException {
    desk.write("stick", "no folder");

    desk.refused("trustee", "key", "--group", "Ed25519", "--out", "@t", "--backup", "@stick");
  }
}
