package io.madang.gateway.setup;

import io.madang.chain.ChainId;
import io.madang.chain.Member;
import io.madang.chain.SigningKey;
import io.madang.chain.TrustedMembers;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonArray;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonValue;
import io.madang.gateway.engine.Genesis;
import io.madang.ledger.AccountId;
import io.madang.ledger.AssetKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The folder in which a gateway keeps what makes it itself: its keys, its secrets and the chain's
 * first document. The database may live below it too.
 *
 * <pre>
 * keys/member.key       signs blocks
 * keys/enroller.key     opens accounts
 * keys/approver-N.key   confirm deposits; in real use they belong to people, on other machines
 * master-secret         encrypts what the gateway keeps for others
 * genesis.json          the chain's first document
 * members.json          what a verifier of receipts trusts
 * keys/votes-member.key    signs the voting channel's blocks
 * keys/administrator.key   sets up elections; a file that the administrator's page opens
 * votes-genesis.json, votes-members.json   the same two of the voting channel
 * witness-CHAIN.jws     the last block that was seen, unless it is kept elsewhere
 * sample                present when everything here was made for a demo
 * </pre>
 */
public final class DataFolder {
  private static final Duration KEY_LIFE = Duration.ofDays(3 * 365);
  private static final int APPROVERS = 2;
  private static final String GENESIS = "genesis.json";
  private static final String MEMBERS = "members.json";
  private static final String VOTES_GENESIS = "votes-genesis.json";
  private static final String VOTES_MEMBERS = "votes-members.json";
  private static final String VOTES_SUFFIX = "-votes";

  /** A chain's name has at most 40 characters, the voting channel's too. */
  private static final int LONGEST_NAME = 40 - VOTES_SUFFIX.length();

  private static final String SAMPLE_NOTE =
      "Made by the demo. A gateway that serves for real refuses this folder.\n";

  private final Path folder;

  /** An asset to begin with: a coin, or a series of points or vouchers. */
  public record Series(String code, AssetKind kind) {
    /** Coins of these codes. */
    public static List<Series> coins(String... codes) {
      return Stream.of(codes).map(code -> new Series(code, AssetKind.COIN)).toList();
    }
  }

  private DataFolder(Path folder) {
    this.folder = folder;
  }

  /** A folder that was set up before. */
  public static DataFolder open(Path folder) throws IOException {
    var data = new DataFolder(folder);
    if (!data.isSetUp()) {
      throw new IOException(
          folder + " is not set up; run: ./madang init --data " + folder + " --chain NAME");
    }
    return data;
  }

  /** Whether a folder was set up. The genesis is written last, so that a half-made one is not. */
  public static boolean isSetUp(Path folder) {
    return new DataFolder(folder).isSetUp();
  }

  /**
   * Sets up a folder for a new chain with fresh keys.
   *
   * @param assets what the two approvers may issue together, the coin that is settled first
   * @param sample whether this is for a demo
   */
  public static DataFolder create(
      Path folder, String chain, List<Series> assets, boolean sample, Instant now)
      throws IOException {
    if (!ChainId.isValid(chain) || chain.length() > LONGEST_NAME) {
      throw new IOException(
          "A chain's name has 1 to %d of a-z, 0-9 and -: %s".formatted(LONGEST_NAME, chain));
    }
    if (isSetUp(folder)) {
      throw new IOException(folder + " is set up already; nothing was changed");
    }
    var data = new DataFolder(folder);
    Files.createDirectories(
        data.keys(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    if (sample) {
      Files.writeString(data.sampleMark(), SAMPLE_NOTE);
    }
    var random = new SecureRandom();
    var member = data.createKey("member", random);
    var enroller = data.createKey("enroller", random);
    var approvers = new ArrayList<SigningKey>();
    for (int number = 1; number <= APPROVERS; number++) {
      approvers.add(data.createKey("approver-" + number, random));
    }
    SecretFile.create(data.masterSecretFile(), random);

    data.addVotes(chain, now, random);
    var members = oneMember(chain, member);
    data.write(MEMBERS, members.encode());
    data.write(
        GENESIS,
        CanonicalJson.bytes(
            new Genesis(
                    members, now.toEpochMilli(), applicationState(enroller, approvers, assets, now))
                .document()));
    return data;
  }

  private static TrustedMembers oneMember(String chain, SigningKey key) {
    return new TrustedMembers(
        chain, List.of(new TrustedMembers.Named(chain + "-1", new Member(key.publicKey(), 1))));
  }

  /**
   * Adds what a voting channel needs to a folder that was set up before there was one; the folder
   * is complete afterwards in any case.
   *
   * @return whether something was missing
   */
  public boolean addVotesUnlessThere(Instant now) throws IOException {
    if (Files.exists(folder.resolve(VOTES_GENESIS))) {
      return false;
    }
    addVotes(genesis().chain(), now, new SecureRandom());
    return true;
  }

  /** The genesis is written last: what an interruption left behind is made anew. */
  private void addVotes(String payments, Instant now, SecureRandom random) throws IOException {
    var chain = payments + VOTES_SUFFIX;
    if (!ChainId.isValid(chain)) {
      throw new IOException(
          "The chain's name %s is too long to add a voting channel, which would be %s."
              .formatted(payments, chain));
    }
    Files.deleteIfExists(keyFile("votes-member"));
    Files.deleteIfExists(administratorFile());
    var members = oneMember(chain, createKey("votes-member", random));
    var administrator = createAdministrator(random);
    var state =
        JsonObject.builder().put("administrators", List.of(administrator.publicKey().toString()));
    write(VOTES_MEMBERS, members.encode());
    write(
        VOTES_GENESIS,
        CanonicalJson.bytes(new Genesis(members, now.toEpochMilli(), state.build()).document()));
  }

  private SigningKey createAdministrator(SecureRandom random) throws IOException {
    var seed = new byte[SecretFile.LENGTH];
    random.nextBytes(seed);
    var key = SigningKey.ed25519(seed);
    SecretFile.write(administratorFile(), AdministratorKeyFile.text(key.publicKey(), seed) + "\n");
    return key;
  }

  /** The ledger's first state: who opens accounts, who approves, and which coins there are. */
  private static JsonObject applicationState(
      SigningKey enroller, List<SigningKey> approvers, List<Series> assets, Instant now) {
    long expiresMillis = now.plus(KEY_LIFE).toEpochMilli();
    var accounts = new ArrayList<JsonValue>();
    accounts.add(account(enroller, "system", List.of("enroller"), expiresMillis));
    for (var approver : approvers) {
      accounts.add(account(approver, "issuer", List.of(), expiresMillis));
    }
    var approverIds =
        approvers.stream().map(key -> AccountId.of(key.publicKey()).toString()).toList();
    return JsonObject.builder()
        .put("accounts", new JsonArray(accounts))
        .put("assets", array(assets, series -> asset(series, approverIds)))
        .put("dayOffsetMillis", Duration.ofHours(9).toMillis())
        .build();
  }

  private static JsonObject account(
      SigningKey key, String kind, List<String> roles, long expiresMillis) {
    var first =
        JsonObject.builder()
            .put("expiresMillis", expiresMillis)
            .put("key", key.publicKey().toString())
            .put("label", "first")
            .build();
    return JsonObject.builder()
        .put("id", AccountId.of(key.publicKey()).toString())
        .put("keys", new JsonArray(List.of(first)))
        .put("kind", kind)
        .put("roles", roles)
        .build();
  }

  private static JsonObject asset(Series series, List<String> approvers) {
    return JsonObject.builder()
        .put("approvers", approvers)
        .put("code", series.code())
        .put("kind", series.kind().toString())
        .put("scale", 0)
        .put("threshold", APPROVERS)
        .build();
  }

  private static <T> JsonArray array(List<T> items, Function<T, JsonValue> toJson) {
    return new JsonArray(items.stream().map(toJson).toList());
  }

  /** The folder itself. */
  public Path path() {
    return folder;
  }

  /** Whether everything here was made for a demo. */
  public boolean isSample() {
    return Files.exists(sampleMark());
  }

  /** The key that signs blocks. */
  public SigningKey memberKey() throws IOException {
    return key("member");
  }

  /** The key that signs the voting channel's blocks. */
  public SigningKey votesMemberKey() throws IOException {
    return key("votes-member");
  }

  /** The file with the key that sets up elections; people take it with them. */
  public Path administratorFile() {
    return keys().resolve("administrator.key");
  }

  /** The key that opens accounts. */
  public SigningKey enrollerKey() throws IOException {
    return key("enroller");
  }

  /** The keys that confirm deposits, as far as they are on this machine. */
  public List<SigningKey> approverKeys() throws IOException {
    var found = new ArrayList<SigningKey>();
    for (int number = 1; number <= APPROVERS; number++) {
      if (Files.exists(keyFile("approver-" + number))) {
        found.add(key("approver-" + number));
      }
    }
    return List.copyOf(found);
  }

  /** What stands in the approvers' key files, for a demo that shows them. */
  public List<String> approverSecrets() throws IOException {
    var found = new ArrayList<String>();
    for (int number = 1; number <= APPROVERS; number++) {
      found.add(Files.readString(keyFile("approver-" + number)).strip());
    }
    return List.copyOf(found);
  }

  /** An approver's key from a file, wherever its owner keeps it. */
  public static SigningKey approverKey(Path file) throws IOException {
    return SigningKey.ed25519(SecretFile.read(file));
  }

  /** A file for an operator's API key. */
  public Path operatorKeyFile() {
    return keys().resolve("operator-api.key");
  }

  /** A file for the API key of the second operator, who confirms what the first one proposes. */
  public Path secondOperatorKeyFile() {
    return keys().resolve("operator-2-api.key");
  }

  /** Writes an operator's API key down, for its owner only. */
  public void keepOperatorKey(Path file, String key) throws IOException {
    Files.deleteIfExists(file);
    SecretFile.write(file, key + "\n");
  }

  /** 32 bytes that encrypt what the gateway keeps for others. */
  public byte[] masterSecret() throws IOException {
    return SecretFile.read(masterSecretFile());
  }

  /** The chain's first document. */
  public Genesis genesis() throws IOException {
    return genesis(GENESIS);
  }

  /** The voting channel's first document. */
  public Genesis votesGenesis() throws IOException {
    return genesis(VOTES_GENESIS);
  }

  private Genesis genesis(String name) throws IOException {
    var file = folder.resolve(name);
    try {
      return Genesis.read(Files.readAllBytes(file));
    } catch (IllegalArgumentException wrong) {
      throw new IOException(file + ": " + wrong.getMessage(), wrong);
    }
  }

  private boolean isSetUp() {
    return Files.exists(folder.resolve(GENESIS));
  }

  private SigningKey createKey(String name, SecureRandom random) throws IOException {
    return SigningKey.ed25519(SecretFile.create(keyFile(name), random));
  }

  private SigningKey key(String name) throws IOException {
    return SigningKey.ed25519(SecretFile.read(keyFile(name)));
  }

  private Path keys() {
    return folder.resolve("keys");
  }

  private Path keyFile(String name) {
    return keys().resolve(name + ".key");
  }

  private Path masterSecretFile() {
    return folder.resolve("master-secret");
  }

  private Path sampleMark() {
    return folder.resolve("sample");
  }

  private void write(String name, byte[] document) throws IOException {
    Files.write(
        folder.resolve(name),
        document,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.SYNC);
  }
}
