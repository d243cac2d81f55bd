package io.madang.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * The pages, all in memory: a path is a name in a map, so no path reaches a file system. Addresses
 * inside a room, such as {@code /wallet/pay}, show the room's page.
 */
final class StaticPages {
  private static final String ROOT = "/webroot";
  private static final Pattern HASHED = Pattern.compile(".*[.-][A-Za-z0-9_-]{8,}\\.[a-z0-9]+");
  private static final Set<String> ROOMS =
      Set.of(
          "wallet",
          "till",
          "merchant",
          "operator",
          "vote",
          "desk",
          "explorer",
          "elections",
          "sim",
          "administrator",
          "registrar",
          "trustee",
          "mailbox");
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("yaml", "application/yaml; charset=utf-8"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("txt", "text/plain; charset=utf-8"));
  private static final Set<String> COMPRESSED_ALREADY = Set.of("png", "ico", "woff2", "mp3");
  private static final int WORTH_COMPRESSING = 1024;
  private static final String NOT_BUILT =
      """
      <!doctype html><html lang="ko"><meta charset="utf-8"><title>Madang</title>
      <h1>Madang</h1><p>화면이 아직 만들어지지 않았어요. API는 동작해요: <a href="/docs">/docs</a></p>
      <p lang="en">The pages were not built into this program (module web-ui). The API works:
      <a href="/docs">/docs</a></p></html>
      """;

  private final Map<String, Page> pages;
  private final boolean built;

  private record Page(
      String type, String cacheControl, String tag, Map<String, Buffer> byEncoding) {}

  private StaticPages(Map<String, Page> pages, boolean built) {
    this.pages = Map.copyOf(pages);
    this.built = built;
  }

  /** The pages on the class path, and more that this program makes itself. Blocks. */
  static StaticPages load(Map<String, byte[]> more) {
    var files = new HashMap<String, byte[]>();
    var root = StaticPages.class.getResource(ROOT);
    if (root != null) {
      try {
        read(root.toURI(), files);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      } catch (URISyntaxException impossible) {
        throw new AssertionError(impossible);
      }
    }
    boolean built = files.containsKey("/index.html");
    if (!built) files.put("/index.html", NOT_BUILT.getBytes(StandardCharsets.UTF_8));
    files.putAll(more);
    var pages = new HashMap<String, Page>();
    files.forEach(
        (path, content) -> {
          if (!path.endsWith(".gz") && !path.endsWith(".br") && !path.endsWith(".map")) {
            pages.put(path, page(path, content, files));
          }
        });
    return new StaticPages(pages, built);
  }

  private static void read(URI root, Map<String, byte[]> files) throws IOException {
    if (!root.getScheme().equals("jar")) {
      walk(Path.of(root), files);
      return;
    }
    try (var jar = FileSystems.newFileSystem(root, Map.of())) {
      walk(jar.getPath(ROOT), files);
    } catch (FileSystemAlreadyExistsException open) {
      walk(FileSystems.getFileSystem(root).getPath(ROOT), files);
    }
  }

  private static void walk(Path root, Map<String, byte[]> files) throws IOException {
    try (var all = Files.walk(root)) {
      for (var file : all.filter(Files::isRegularFile).toList()) {
        files.put(
            "/" + root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
  }

  private static Page page(String path, byte[] content, Map<String, byte[]> files) {
    var ending = path.substring(path.lastIndexOf('.') + 1);
    var byEncoding = new HashMap<String, Buffer>();
    byEncoding.put("", Buffer.buffer(content));
    Optional.ofNullable(files.get(path + ".br"))
        .ifPresent(brotli -> byEncoding.put("br", Buffer.buffer(brotli)));
    if (!COMPRESSED_ALREADY.contains(ending) && content.length >= WORTH_COMPRESSING) {
      byte[] ready = files.get(path + ".gz");
      byEncoding.put("gzip", Buffer.buffer(ready == null ? gzip(content) : ready));
    }
    boolean forEver = path.startsWith("/assets/") && HASHED.matcher(path).matches();
    return new Page(
        TYPES.getOrDefault(ending, "application/octet-stream"),
        forEver ? "public, max-age=31536000, immutable" : "no-cache",
        "\"" + tag(content) + "\"",
        Map.copyOf(byEncoding));
  }

  private static String tag(byte[] content) {
    var hash = io.madang.chain.Hash.sha256(content).bytes();
    return HexFormat.of().formatHex(hash, 0, 16);
  }

  private static byte[] gzip(byte[] content) {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(content);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  /** Answers with a page, or lets the request go on. */
  void handle(RoutingContext context) {
    var request = context.request();
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      context.next();
      return;
    }
    var page = find(context.normalizedPath());
    if (page.isEmpty()) {
      context.next();
      return;
    }
    send(context, page.get());
  }

  private Optional<Page> find(String path) {
    var exact = pages.get(path);
    if (exact != null) return Optional.of(exact);
    if (path.equals("/docs")) return Optional.ofNullable(pages.get("/docs.html"));
    if (path.substring(path.lastIndexOf('/')).contains(".")) return Optional.empty();
    var room = path.split("/", 3);
    if (path.equals("/")) return Optional.ofNullable(pages.get("/index.html"));
    if (room.length < 2 || !ROOMS.contains(room[1])) return Optional.empty();
    if (!built) return Optional.ofNullable(pages.get("/index.html"));
    return Optional.ofNullable(pages.get("/" + room[1] + "/index.html"))
        .or(() -> Optional.ofNullable(pages.get("/" + room[1] + ".html")));
  }

  private static void send(RoutingContext context, Page page) {
    var response = context.response();
    response
        .putHeader(HttpHeaders.CACHE_CONTROL, page.cacheControl())
        .putHeader(HttpHeaders.ETAG, page.tag())
        .putHeader(HttpHeaders.VARY, "Accept-Encoding");
    if (page.tag().equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(304).end();
      return;
    }
    var accepted = context.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
    var encoding =
        accepted == null
            ? ""
            : accepted.contains("br") && page.byEncoding().containsKey("br")
                ? "br"
                : accepted.contains("gzip") && page.byEncoding().containsKey("gzip") ? "gzip" : "";
    if (!encoding.isEmpty()) response.putHeader(HttpHeaders.CONTENT_ENCODING, encoding);
    var body = page.byEncoding().get(encoding);
    if (body == null) throw new IllegalStateException(encoding);
    response.putHeader(HttpHeaders.CONTENT_TYPE, page.type());
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length())).end();
    } else {
      response.end(body);
    }
  }
}
