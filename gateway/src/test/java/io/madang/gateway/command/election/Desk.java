package io.madang.gateway.command.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.command.MadangCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder in which somebody types commands; words beginning with @ are files in it. */
final class Desk {
  static final String ID = "7HAFgTqYbNj3Wm";
  static final String DRAFT =
      """
      {"name":"회장 선거","group":"Ed25519","questions":[
        {"question":"누구?","answers":["가","나","다"],"blank":true},
        {"question":"Which?","answers":["a","b"],"min":0,"max":2}]}
      """;

  private final Path folder;

  Desk(Path folder) {
    this.folder = folder;
  }

  /** What a command answered. */
  record Answer(int exitCode, String out, String err) {}

  Path file(String name) {
    return folder.resolve(name);
  }

  Path write(String name, String content) throws IOException {
    return Files.writeString(file(name), content);
  }

  Answer type(String... words) {
    var typed = new ArrayList<String>();
    for (var word : words) {
      typed.add(word.startsWith("@") ? file(word.substring(1)).toString() : word);
    }
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode =
        MadangCommand.run(
            new PrintWriter(out, true), new PrintWriter(err, true), typed.toArray(String[]::new));
    return new Answer(exitCode, out.toString(), err.toString());
  }

  /** Types a command that must be obeyed, and returns what it said. */
  String done(String... words) {
    var answer = type(words);
    assertThat(answer.exitCode()).as(List.of(words) + ": " + answer).isZero();
    return answer.out();
  }

  /** Types a command that must be refused in one sentence, which is returned. */
  String refused(String... words) {
    var answer = type(words);
    assertThat(answer.exitCode()).as(List.of(words) + ": " + answer).isEqualTo(1);
    var sentence =
        answer.err().lines().filter(line -> line.startsWith("madang: ")).findFirst().orElse("");
    assertThat(sentence).as("a sentence to " + List.of(words)).endsWith(".");
    assertThat(answer.err()).doesNotContain("Exception", "\tat ");
    return sentence;
  }

  /** An open election in Ed25519 of a single trustee and three voters, the third of weight 5. */
  void open() throws IOException {
    write("draft.json", DRAFT);
    write("voters.txt", "민지\n서준\n연합,5\n");
    done("election", "new", "@draft.json", "--id", ID, "--out", "@election.json");
    done("trustee", "key", "--group", "Ed25519", "--out", "@trustee");
    done(
        "election",
        "trustees",
        "--group",
        "Ed25519",
        "--single",
        "@trustee/trustee-public.json",
        "--out",
        "@trustees.json");
    done(
        "registrar",
        "credentials",
        "--election-id",
        ID,
        "--group",
        "Ed25519",
        "--voters",
        "@voters.txt",
        "--out",
        "@registrar");
    done(
        "election",
        "open",
        "--draft",
        "@election.json",
        "--trustees",
        "@trustees.json",
        "--credentials",
        "@registrar/public-credentials.json",
        "--out",
        "@.");
    for (var line : Files.readAllLines(file("registrar/credentials.csv")).subList(1, 4)) {
      var fields = line.split(",", -1);
      write(fields[0] + ".txt", fields[2]);
    }
  }

  /** A voter's ballot with these choices; its tracker. */
  String vote(String voter, String ballot, String first, String second) {
    return done(
            "election",
            "vote",
            "@" + ID + ".bel",
            "--credential",
            "@" + voter + ".txt",
            "--choice",
            first,
            "--choice",
            second,
            "--out",
            "@" + ballot)
        .substring("tracker  ".length())
        .strip();
  }
}
