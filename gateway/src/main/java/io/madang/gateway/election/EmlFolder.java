package io.madang.gateway.election;

import io.madang.gateway.http.Json;
import io.madang.gateway.secret.MasterSecret;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A folder of messages (RFC 5322), one {@code .eml} file each, from which a mail server takes them.
 * A file appears whole or not at all. In the demo it is the sample voters' mailbox.
 */
public final class EmlFolder {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);
  private static final int LINE = 76;
  private static final int SHOWN = 500;
  private static final int MAX_FILE = 64 * 1024;
  private static final int ENCODED_WORD = 39; // bytes; RFC 2047 allows 75 characters with the frame

  /** A code or a credential stands on a line of its own. */
  private static final Pattern SECRET =
      Pattern.compile("(?m)^([0-9]{8}|[1-9A-HJ-NP-Za-km-z-]{19,25})$");

  private final Path folder;
  private final String from;
  private final Clock clock;

  /**
   * A folder, made when the first message comes.
   *
   * @param from the address that messages come from
   */
  public EmlFolder(Path folder, String from, Clock clock) {
    this.folder = folder;
    this.from = from;
    this.clock = clock;
  }

  /** Writes a message; blocks. */
  public void write(Post.Message message) throws IOException {
    Files.createDirectories(folder);
    var name = HexFormat.of().formatHex(MasterSecret.random(12));
    var unfinished = folder.resolve(name + ".part");
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.createFile(unfinished, owner);
    Files.write(unfinished, eml(name, message), StandardOpenOption.WRITE);
    Files.move(unfinished, folder.resolve(name + ".eml"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The times of messages are whole minutes: they come close to the times of ballots. */
  private byte[] eml(String name, Post.Message message) {
    var minute = clock.instant().truncatedTo(ChronoUnit.MINUTES).atOffset(ZoneOffset.UTC);
    var domain = from.substring(from.indexOf('@') + 1);
    var body =
        Base64.getMimeEncoder(LINE, new byte[] {'\r', '\n'})
            .encodeToString(message.text().getBytes(StandardCharsets.UTF_8));
    return String.join(
            "\r\n",
            "From: " + from,
            "To: " + message.to(),
            "Subject: " + encodedWords(message.subject()),
            "Date: " + DATE.format(minute),
            "Message-ID: <" + name + "@" + domain + ">",
            "Auto-Submitted: auto-generated", // RFC 3834
            "X-Madang-Kind: " + message.kind().name().toLowerCase(Locale.ROOT),
            "X-Madang-Election: " + message.election(),
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            "",
            body,
            "")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Words as RFC 2047 has them; no character is torn apart. */
  private static String encodedWords(String text) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    for (int point : text.codePoints().toArray()) {
      var more = new String(Character.toChars(point));
      if ((word + more).getBytes(StandardCharsets.UTF_8).length > ENCODED_WORD) {
        words.add(word.toString());
        word.setLength(0);
      }
      word.append(more);
    }
    words.add(word.toString());
    return words.stream()
        .map(one -> Base64.getEncoder().encodeToString(one.getBytes(StandardCharsets.UTF_8)))
        .map(one -> "=?utf-8?B?" + one + "?=")
        .collect(Collectors.joining("\r\n "));
  }

  /** All messages, newest first, as the demo's mailbox shows them; blocks. */
  JsonObject messages() throws IOException {
    var views = new ArrayList<JsonObject>();
    for (var file : files()) {
      read(file).ifPresent(views::add);
    }
    return new JsonObject().put("items", new JsonArray(views));
  }

  private List<Path> files() throws IOException {
    record Dated(Path file, long millis) {}
    if (!Files.isDirectory(folder)) return List.of();
    try (var files = Files.list(folder)) {
      var dated = new ArrayList<Dated>();
      for (var file : files.filter(one -> one.toString().endsWith(".eml")).toList()) {
        dated.add(new Dated(file, Files.getLastModifiedTime(file).toMillis()));
      }
      return dated.stream()
          .sorted(Comparator.comparingLong(Dated::millis).reversed())
          .limit(SHOWN)
          .map(Dated::file)
          .toList();
    } catch (NoSuchFileException gone) {
      return List.of();
    }
  }

  private static Optional<JsonObject> read(Path file) throws IOException {
    if (Files.size(file) > MAX_FILE) return Optional.empty();
    var parts = Files.readString(file, StandardCharsets.US_ASCII).split("\r\n\r\n", 2);
    var headers = headers(parts[0]);
    var kind = headers.getOrDefault("x-madang-kind", "");
    if (parts.length < 2 || kind.isEmpty()) return Optional.empty();
    try {
      var date = DATE.parse(headers.getOrDefault("date", ""), Instant::from);
      var text = new String(Base64.getMimeDecoder().decode(parts[1]), StandardCharsets.UTF_8);
      var name = file.getFileName().toString();
      var view =
          new JsonObject()
              .put("id", name.substring(0, name.length() - ".eml".length()))
              .put("to", headers.getOrDefault("to", ""))
              .put("kind", kind)
              .put("at", Json.time(date.toEpochMilli()))
              .put("subject", decoded(headers.getOrDefault("subject", "")))
              .put("text", text)
              .put("election", headers.getOrDefault("x-madang-election", ""));
      var secret = SECRET.matcher(text);
      if (!kind.equals("notice") && secret.find()) view.put(kind, secret.group(1));
      return Optional.of(view);
    } catch (DateTimeParseException | IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  private static Map<String, String> headers(String head) {
    var headers = new HashMap<String, String>();
    for (var line : head.replace("\r\n ", " ").split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  private static String decoded(String words) {
    var text = new StringBuilder();
    for (var word : words.split(" ", -1)) {
      var encoded = word.replace("=?utf-8?B?", "").replace("?=", "");
      text.append(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
    }
    return text.toString();
  }
}
