package io.madang.gateway.election;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.madang.chain.Hash;
import io.madang.gateway.Client;
import io.madang.gateway.GatewayConfiguration;
import io.madang.gateway.Town;
import io.madang.gateway.bank.NoBank;
import io.madang.gateway.database.TestPostgres;
import io.madang.gateway.secret.MasterSecret;
import io.madang.voting.Credential;
import io.madang.voting.CredentialList;
import io.madang.voting.Election;
import io.madang.voting.Tracker;
import io.madang.voting.archive.ArchiveSource;
import io.madang.voting.archive.ArchiveVerifier;
import io.madang.voting.archive.Progress;
import io.madang.voting.archive.Verdict;
import io.madang.voting.ballot.BallotMaker;
import io.madang.voting.board.Checks;
import io.madang.voting.chain.RecordKind;
import io.madang.voting.chain.VotingOperation;
import io.madang.voting.chain.VotingOperations;
import io.madang.voting.group.Scalar;
import io.madang.voting.tally.PartialDecryption;
import io.madang.voting.trustee.TrusteeKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * V-threats, seen from a server that keeps everything it can: after a whole election its database,
 * the database's files and its log hold no private credential, no trustee's share, no voter's name
 * or address, no choice, and nothing that stands between a voter and a ballot. What it answers is
 * of one length, whatever was chosen.
 */
class CuriousServerTest {
  private static final int VOTERS = 3;

  /** So many answers, any number of which may be chosen, that no choice is there by chance. */
  private static final int ANSWERS = 16;

  /** One voter chooses nothing, one everything but the last, one a pattern of her own. */
  private static final List<List<Integer>> CHOICES =
      List.of(choice("0000000000000000"), choice("1111111111111110"), choice("1011001110001011"));

  private static final int TRUSTEES = 2;

  @TempDir private Path mail;

  private final List<Credential> credentials = new ArrayList<>();
  private final List<Scalar> shares = new ArrayList<>();
  private final List<String> tokens = new ArrayList<>();
  private final List<String> codes = new ArrayList<>();
  private final List<Tracker> trackers = new ArrayList<>();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final List<String> answers = new ArrayList<>();
  private final List<String> ballots = new ArrayList<>();

  private static List<Integer> choice(String bits) {
    return bits.chars().mapToObj(bit -> bit - '0').toList();
  }

  /** As the demo sets a gateway up, and as {@code ./madang serve} does with a mail folder. */
  enum Setting {
    DEMO {
      @Override
      GatewayConfiguration of(GatewayConfiguration demo) {
        return demo;
      }
    },
    SERVE {
      @Override
      GatewayConfiguration of(GatewayConfiguration demo) {
        return GatewayConfiguration.of(
            new MasterSecret(Town.key("a serving gateway's secret").sign(new byte[1])),
            Town.key("town hall"),
            new NoBank(),
            Clock.systemUTC());
      }
    };

    abstract GatewayConfiguration of(GatewayConfiguration demo);
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void finds_nothing_that_it_should_not_know(Setting setting) throws Exception {
    var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    var kept =
        new AppenderBase<ILoggingEvent>() {
          @Override
          protected void append(ILoggingEvent event) {
            log.add(event.getFormattedMessage() + " " + event.getKeyValuePairs());
          }
        };
    kept.setContext(root.getLoggerContext());
    kept.start();
    root.addAppender(kept);
    ((Logger) LoggerFactory.getLogger("io.madang")).setLevel(Level.TRACE);
    try (var town =
        Town.start(demo -> setting.of(demo).withRates(Town.NO_RATES).withMailFolder(mail))) {
      holdElection(town);
      assertAnswersOfOneLength();
      search(town);
    } finally {
      root.detachAppender(kept);
      ((Logger) LoggerFactory.getLogger("io.madang")).setLevel(null);
    }
  }

  private void holdElection(Town town) throws Exception {
    var body =
        Preparation.body()
            .put("trustees", new JsonObject().put("count", TRUSTEES))
            .put("questions", new JsonArray().add(question()));
    var election = Preparation.begin(town, body);
    var roll = new JsonArray();
    for (int i = 0; i < VOTERS; i++) {
      roll.add(
          new JsonObject()
              .put("voter", voter(i))
              .put("contact", voter(i) + "@curious.example")
              .put("name", "카나리아 " + i));
    }
    election.setRoll(roll).expect(200);
    var entries = new ArrayList<CredentialList.Entry>();
    for (int i = 0; i < VOTERS; i++) {
      credentials.add(Credential.random(Preparation.RANDOM));
      entries.add(
          new CredentialList.Entry(
              credentials.get(i).publicCredential(election.election(), Preparation.GROUP), 1));
    }
    election.hand(new String(CredentialList.toRecord(entries), StandardCharsets.UTF_8)).expect(200);
    for (int i = 0; i < TRUSTEES; i++) {
      shares.add(Preparation.GROUP.scalars().random(Preparation.RANDOM));
      var key = TrusteeKey.of(Preparation.GROUP, shares.get(i), Preparation.RANDOM).json();
      election.say(i + 1, "key", key).expect(200);
    }
    var id = election.election();
    var records = election.office().get(election.path("/assembled")).expect(200).json();
    var hashes = new ArrayList<Hash>();
    for (var kind : RecordKind.values()) {
      byte[] record = records.getString(kind.toString()).getBytes(StandardCharsets.UTF_8);
      hashes.add(Hash.sha256(record));
      for (var part : VotingOperations.parts(id, kind, record)) {
        sign(town, "election.part", part);
      }
    }
    long opens = System.currentTimeMillis() + 3_000;
    var terms =
        new VotingOperation.Terms(
            opens, opens + 3_600_000, 1, hashes.get(0), hashes.get(1), hashes.get(2));
    sign(town, "election.setup", VotingOperations.setUp(id, terms));
    var path = "/v1/elections/" + id;
    eventually(() -> stage(town, path).equals("open"));
    var maker =
        new BallotMaker(
            Preparation.accepted(
                Election.read(records.getString("election").getBytes(StandardCharsets.UTF_8))));
    for (int i = 0; i < VOTERS; i++) {
      vote(town, path, i, maker);
    }
    sign(town, "election.close", VotingOperations.of(id));
    byte[] tally =
        town.anyone()
            .get(path + "/tally")
            .expect(200)
            .response()
            .body()
            .getBytes(StandardCharsets.UTF_8);
    sign(town, "election.tally", VotingOperations.publishTally(id, tally, VOTERS, VOTERS));
    var archive =
        Client.http()
            .send(
                town.anyone().request(path + "/archive").GET().build(), BodyHandlers.ofByteArray());
    var board =
        ((Verdict.Valid)
                ArchiveVerifier.verify(
                    ArchiveSource.of(archive.body()), Checks.inOrder(), Progress.silent()))
            .board();
    for (int i = 0; i < TRUSTEES; i++) {
      byte[] part =
          PartialDecryption.make(
              board.election(), board.tally(), shares.get(i), Preparation.RANDOM);
      sign(town, "election.decryption", VotingOperations.decrypt(id, i + 1, part));
    }
    byte[] result =
        town.anyone()
            .get(path + "/computed-result")
            .expect(200)
            .response()
            .body()
            .getBytes(StandardCharsets.UTF_8);
    sign(town, "election.result", VotingOperations.publishResult(id, result));
    eventually(() -> stage(town, path).equals("finished"));
  }

  private static void eventually(BooleanSupplier condition) throws Exception {
    TestPostgres.eventually(
        () -> {
          assertThat(condition.getAsBoolean()).isTrue();
          return true;
        });
  }

  private static String voter(int number) {
    return "kanaria" + number;
  }

  /** Linux answers on all of 127.0.0.0/8, so each voter has an address of her own. */
  private static String address(int number) {
    return "127.77.66." + (101 + number);
  }

  private static String stage(Town town, String path) {
    return town.anyone().get(path).expect(200).json().getString("stage");
  }

  private static void sign(Town town, String purpose, io.madang.chain.json.JsonObject operation) {
    var statement =
        new Office(town, Town.key("election office")).sign(purpose, Town.VOTES, operation);
    town.anyone()
        .post("/v1/votes/transactions", new JsonObject().put("transaction", statement))
        .expect(200);
  }

  private void vote(Town town, String path, int number, BallotMaker maker) throws Exception {
    try (var http =
        HttpClient.newBuilder().localAddress(InetAddress.getByName(address(number))).build()) {
      post(http, town.anyone(), path + "/sign-in/codes", json("voter", voter(number)), 202);
      codes.add(TestPostgres.eventually(() -> code(number).orElseThrow()));
      var session =
          post(
              http,
              town.anyone(),
              path + "/sign-in",
              new JsonObject().put("voter", voter(number)).put("code", codes.getLast()).encode(),
              201);
      tokens.add(new JsonObject(session).getString("token"));
      var signedIn = town.holder(tokens.getLast());
      var choices = List.of(CHOICES.get(number));
      byte[] opened = maker.make(credentials.get(number), choices, Preparation.RANDOM);
      post(http, signedIn, path + "/opened", json("tracker", Tracker.of(opened).toString()), 204);
      byte[] ballot = maker.make(credentials.get(number), choices, Preparation.RANDOM);
      ballots.add(new String(ballot, StandardCharsets.UTF_8));
      answers.add(post(http, signedIn, path + "/ballots", ballots.getLast(), 200));
      trackers.add(Tracker.of(ballot));
    }
  }

  private static JsonObject question() {
    var texts = new JsonArray();
    for (int i = 0; i < ANSWERS; i++) {
      texts.add("Answer " + (char) ('A' + i));
    }
    return new JsonObject()
        .put("question", "?")
        .put("answers", texts)
        .put("min", 0)
        .put("max", ANSWERS);
  }

  /** But for where the ballot stands, which is longer for later ones. */
  private void assertAnswersOfOneLength() {
    assertThat(
            answers.stream()
                .map(JsonObject::new)
                .map(answer -> answer.put("position", ""))
                .map(answer -> answer.encode().length())
                .distinct())
        .hasSize(1);
    // Ballots differ in the lengths of random numbers, and in nothing else.
    assertThat(ballots.stream().map(ballot -> ballot.replaceAll("[0-9A-Za-z+/]+", "x")).distinct())
        .hasSize(1);
  }

  private static String json(String name, String value) {
    return new JsonObject().put(name, value).encode();
  }

  private static String post(HttpClient http, Client caller, String path, String body, int status)
      throws Exception {
    var request =
        caller
            .request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    var response = http.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return response.body();
  }

  private Optional<String> code(int number) throws IOException {
    var messages = new EmlFolder(mail, "", Clock.systemUTC()).messages();
    return messages.getJsonArray("items").stream()
        .map(JsonObject.class::cast)
        .filter(message -> message.getString("to").equals(voter(number) + "@curious.example"))
        .filter(message -> message.getString("kind").equals("code"))
        .map(message -> message.getString("code"))
        .findFirst();
  }

  private void search(Town town) throws Exception {
    var secrets = secrets();
    var dump = dump(town);
    // The search would find what is there: trackers are on the board.
    for (var tracker : trackers) {
      assertThat(dump).contains(tracker.hex());
    }
    var everything = dump + "\n" + String.join("\n", log);
    for (var secret : secrets) {
      for (var form : forms(secret)) {
        assertThat(everything).doesNotContain(form);
      }
    }
    var choices = choiceForms();
    for (var form : choices) {
      assertThat(everything).doesNotContain(form);
    }
    assertThat(String.join("\n", log) + dump)
        .as("the same search finds what was made public")
        .contains(sum());
    searchFiles(town, secrets);
    searchFiles(town, choices);
    for (var line : log) {
      for (var tracker : trackers) {
        assertThat(line).doesNotContain(tracker.hex(), tracker.toString());
      }
    }
  }

  private List<String> secrets() {
    var secrets = new ArrayList<String>();
    for (int i = 0; i < VOTERS; i++) {
      secrets.add(credentials.get(i).secretText());
      secrets.add(voter(i));
      secrets.add(address(i));
      secrets.add("카나리아 " + i);
    }
    shares.forEach(share -> secrets.add(share.decimal()));
    secrets.addAll(tokens);
    return secrets;
  }

  /** How a choice would look that was written down, in whatever way programs write such things. */
  private static List<String> choiceForms() {
    var forms = new ArrayList<String>();
    for (var choice : CHOICES) {
      var plain = join(choice, "");
      var bytes = new byte[ANSWERS];
      for (int i = 0; i < ANSWERS; i++) {
        bytes[i] = choice.get(i).byteValue();
      }
      for (var text :
          List.of(
              join(choice, ","),
              join(choice, ", "),
              join(choice, ";"),
              join(choice, " "),
              join(choice, ",").replace("1", "true").replace("0", "false"),
              join(choice, ", ").replace("1", "true").replace("0", "false"))) {
        forms.addAll(forms(text));
      }
      if (choice.contains(1)) {
        // All zeros stand in many numbers.
        forms.add(plain);
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        forms.addAll(forms(chosen(choice, ",")));
        forms.addAll(forms(chosen(choice, ", ")));
      }
    }
    return forms;
  }

  private static String join(List<Integer> choice, String separator) {
    return choice.stream().map(String::valueOf).collect(Collectors.joining(separator));
  }

  /** The numbers of the answers that were chosen. */
  private static String chosen(List<Integer> choice, String separator) {
    return IntStream.range(0, ANSWERS)
        .filter(answer -> choice.get(answer) == 1)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(separator));
  }

  /** The result, which is everybody's to see; hexadecimal, as records are stored. */
  private static String sum() {
    var sums = new ArrayList<Integer>();
    for (int answer = 0; answer < ANSWERS; answer++) {
      int at = answer;
      sums.add(CHOICES.stream().mapToInt(choice -> choice.get(at)).sum());
    }
    return HexFormat.of().formatHex(join(sums, ",").getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> forms(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    return List.of(
        secret,
        HexFormat.of().formatHex(bytes),
        Base64.getEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Every row of every table, binary columns in hexadecimal. */
  private static String dump(Town town) {
    var text = new StringBuilder();
    var tables =
        Town.await(
            town.pool()
                .query(
                    "SELECT schemaname || '.' || tablename FROM pg_tables"
                        + " WHERE schemaname IN ('ops', 'chain', 'votes')")
                .execute());
    for (var table : tables) {
      var name = table.getString(0);
      var rows = Town.await(town.pool().query("SELECT t::text FROM " + name + " AS t").execute());
      for (var row : rows) {
        text.append(name).append(' ').append(row.getString(0)).append('\n');
      }
    }
    return text.toString();
  }

  /** The database's own files, with what was deleted or overwritten since. */
  private static void searchFiles(Town town, List<String> secrets) throws Exception {
    Town.await(town.pool().query("CHECKPOINT").execute());
    var folder =
        Path.of(
            Town.await(town.pool().query("SHOW data_directory").execute())
                .iterator()
                .next()
                .getString(0));
    int files = 0;
    try (var all = Files.walk(folder)) {
      for (var file : all.filter(Files::isRegularFile).toList()) {
        String content;
        try {
          content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException gone) {
          continue;
        }
        files++;
        for (var secret : secrets) {
          var raw =
              new String(secret.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
          assertThat(content.contains(raw)).as("%s holds %s", file, secret).isFalse();
        }
      }
    }
    assertThat(files).isGreaterThan(100);
  }
}
