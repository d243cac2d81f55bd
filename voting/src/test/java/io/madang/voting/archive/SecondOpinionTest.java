package io.madang.voting.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.madang.chain.Seeds;
import io.madang.voting.SampleElection;
import io.madang.voting.board.Checks;
import io.madang.voting.group.Group;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The browser's verifier, which was written by itself, and belenios-tool say of random elections
 * and of corrupted ones what ours says. {@code -Dmadang.seeds=300} holds 300 elections and corrupts
 * 2,100 archives.
 */
class SecondOpinionTest {
  private static final int CORRUPTIONS_A_SEED = 7;
  private static final int BIT_FLIPS_A_SEED = 3;

  /** Where the two verifiers name the same fault by another word, or draw a line elsewhere. */
  private static final Map<String, Set<String>> OURS_BY_THEIRS =
      Map.ofEntries(
          Map.entry("wrong-padding", Set.of("wrong-header")),
          Map.entry("not-utf8", Set.of("not-canonical")),
          Map.entry("wrong-shape", Set.of("not-canonical", "wrong-count")),
          Map.entry("not-an-element", Set.of("not-canonical", "out-of-range", "not-in-the-group")),
          // The first record of an archive, and a credential that is no element: ours looks at the
          // form first.
          Map.entry("unknown-version", Set.of("wrong-header")),
          Map.entry("unknown-credential", Set.of("not-in-the-group")),
          Map.entry("neutral-key", Set.of("wrong-election-key")),
          Map.entry("wrong-weight", Set.of("not-canonical", "out-of-range")));

  @TempDir Path folder;

  /** The verdicts of the browser's verifier, by file. */
  private Map<String, JsonNode> browser(List<Path> archives) throws IOException {
    var web = Path.of("../web-ui").toAbsolutePath().normalize();
    assumeTrue(
        Files.isDirectory(web.resolve("node_modules")),
        "the browser's verifier needs Node and web-ui/node_modules (./madang build)");
    var names = folder.resolve("names.txt");
    Files.write(names, archives.stream().map(Path::toString).toList());
    var process =
        new ProcessBuilder("node", "dev/run.js", "dev/verify-archives.ts")
            .directory(web.toFile())
            .redirectInput(names.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var json = new ObjectMapper();
    var verdicts = new TreeMap<String, JsonNode>();
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (var line : lines.lines().toList()) {
        var verdict = json.readTree(line);
        verdicts.put(verdict.get("file").asText(), verdict);
      }
    }
    assertThat(verdicts).hasSameSizeAs(archives);
    return verdicts;
  }

  private static Verdict ours(byte[] archive) {
    return ArchiveVerifier.verify(ArchiveSource.of(archive), Checks.inOrder(), Progress.silent());
  }

  private static SampleElection election(Group group, RandomGenerator random) {
    var election = new SampleElection(SampleElection.Plan.random(group, random), random);
    election.castRandomly();
    election.close();
    election.decryptAndPublish();
    return election;
  }

  private static Group group(long seed) {
    return seed % 2 == 0 ? Group.belenios2048() : Group.ed25519();
  }

  @Test
  void t4_all_verifiers_find_the_plain_count_of_random_elections() throws IOException {
    var files = new ArrayList<Path>();
    var plain = new TreeMap<String, String>();
    for (long seed : Seeds.many().toArray()) {
      var election = election(group(seed), Seeds.random(seed));
      byte[] archive = election.archive();
      if (!(ours(archive) instanceof Verdict.Valid valid)) {
        throw new AssertionError("seed " + seed + " is refused");
      }
      assertThat(valid.board().result().orElseThrow().counts()).isEqualTo(election.plainCounts());
      var own = Files.createDirectory(folder.resolve("seed-" + seed));
      var file = own.resolve(valid.board().election().id() + ".bel");
      Files.write(file, archive);
      files.add(file);
      plain.put(file.toString(), election.plainCounts().toString().replace(" ", ""));
      if (group(seed).equals(Group.belenios2048()) && BeleniosTool.isInstalled()) {
        var outcome = new BeleniosTool(own).verify();
        assertThat(outcome.exitCode()).as("seed %d: %s", seed, outcome.messages()).isZero();
      }
    }
    browser(files)
        .forEach(
            (file, verdict) ->
                assertThat(verdict.path("counts").toString().replace("\"", ""))
                    .as(verdict.toString())
                    .isEqualTo(plain.get(file)));
  }

  @Test
  void t4_both_verifiers_refuse_what_was_corrupted_and_name_the_same_reason() throws IOException {
    var files = new ArrayList<Path>();
    var reasons = new TreeMap<String, String>();
    for (long seed : Seeds.many().toArray()) {
      var random = Seeds.random(seed);
      byte[] archive = election(Group.ed25519(), random).archive();
      var parts = AlteredArchivesTest.parts(archive);
      for (int i = 0; i < CORRUPTIONS_A_SEED; i++) {
        byte[] altered;
        if (i < BIT_FLIPS_A_SEED) {
          altered = archive.clone();
          altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
        } else {
          altered =
              AlteredArchivesTest.rebuilt(AlteredArchivesTest.withAnotherDigit(parts, random));
        }
        if (!(ours(altered) instanceof Verdict.Invalid invalid)) {
          throw new AssertionError("seed " + seed + ", corruption " + i + " is accepted");
        }
        var file = folder.resolve("corrupted-" + seed + "-" + i + ".bel");
        Files.write(file, altered);
        files.add(file);
        reasons.put(file.toString(), invalid.refusal().reason().code());
      }
    }
    var differences = new ArrayList<String>();
    browser(files)
        .forEach(
            (file, verdict) -> {
              assertThat(verdict.get("valid").asBoolean()).as(file).isFalse();
              var theirs = verdict.get("reason").asText();
              var ours = reasons.get(file);
              if (!theirs.equals(ours)
                  && !OURS_BY_THEIRS.getOrDefault(theirs, Set.of()).contains(ours)) {
                differences.add(file + ": " + ours + ", not " + verdict);
              }
            });
    assertThat(differences).isEmpty();
  }
}
