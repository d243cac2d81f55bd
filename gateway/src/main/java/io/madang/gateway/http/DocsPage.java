package io.madang.gateway.http;

import io.madang.ledger.LedgerRefusal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A page that shows the contract, without scripts. */
final class DocsPage {
  private static final Pattern PARAGRAPHS = Pattern.compile("\n\n");
  private static final String CSS =
      """
      :root{color-scheme:light dark}
      body{font:16px/1.5 Pretendard,system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem}
      pre{overflow:auto;padding:.75rem;border:1px solid #8886;border-radius:.5rem;font-size:.8rem}
      summary{cursor:pointer;padding:.5rem 0;overflow-wrap:anywhere}
      code b{display:inline-block;min-width:4.5rem;color:#1d6b4f}
      details{border-bottom:1px solid #8884}
      small{opacity:.75}
      @media (prefers-color-scheme:dark){code b{color:#6fcfa4}}
      """;

  private DocsPage() {}

  /** The files of the page by their path. */
  static Map<String, byte[]> files(Contract contract, List<DocumentedRefusals> refusals) {
    return Map.of(
        "/docs.html", html(contract.document(), refusals).getBytes(StandardCharsets.UTF_8),
        "/docs.css", CSS.getBytes(StandardCharsets.UTF_8),
        "/openapi.yaml", contract.yaml());
  }

  private static String html(JsonObject document, List<DocumentedRefusals> chains) {
    var info = document.getJsonObject("info");
    var out = new StringBuilder(64 * 1024);
    out.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width\">")
        .append("<link rel=\"stylesheet\" href=\"/docs.css\"><title>")
        .append(escape(info.getString("title")))
        .append("</title><h1>")
        .append(escape(info.getString("title")))
        .append("</h1>");
    for (var paragraph : PARAGRAPHS.splitAsStream(info.getString("description")).toList()) {
      out.append("<p>").append(escape(paragraph)).append("</p>");
    }
    out.append("<p><a href=\"/openapi.yaml\">openapi.yaml</a></p>");
    for (var tag : document.getJsonArray("tags")) {
      var name = ((JsonObject) tag).getString("name");
      out.append("<h2>")
          .append(escape(((JsonObject) tag).getString("description")))
          .append("</h2>");
      for (var path : document.getJsonObject("paths")) {
        for (var method : (JsonObject) path.getValue()) {
          var operation = (JsonObject) method.getValue();
          if (operation.getJsonArray("tags").contains(name)) {
            operation(out, path.getKey(), method.getKey(), operation);
          }
        }
      }
    }
    out.append("<h2>Problems</h2><ul>");
    for (var type : ProblemType.values()) {
      problem(out, type.kebabName(), type.status(), type.title());
    }
    for (var refusal : LedgerRefusal.values()) {
      problem(out, refusal.kebabName(), LedgerProblems.status(refusal), refusal.sentence());
    }
    out.append("</ul>");
    for (var chain : chains) {
      out.append("<h2>").append(escape(chain.heading())).append("</h2><ul>");
      for (var refusal : chain.refusals()) {
        problem(out, refusal.name(), refusal.status(), refusal.sentence());
      }
      out.append("</ul>");
    }
    out.append("<h2>Schemas</h2>");
    for (var schema : document.getJsonObject("components").getJsonObject("schemas")) {
      out.append("<details id=\"").append(escape(schema.getKey())).append("\"><summary>");
      out.append(escape(schema.getKey())).append("</summary>");
      json(out, (JsonObject) schema.getValue());
      out.append("</details>");
    }
    return out.append("</html>").toString();
  }

  private static void problem(StringBuilder out, String name, int status, String title) {
    out.append("<li><code>").append(name).append("</code> ").append(status).append(": ");
    out.append(escape(title)).append("</li>");
  }

  private static void operation(
      StringBuilder out, String path, String method, JsonObject operation) {
    out.append("<details><summary><code><b>")
        .append(escape(method.toUpperCase(java.util.Locale.ROOT)))
        .append("</b> ")
        .append(escape(path))
        .append("</code><br>")
        .append(escape(operation.getString("summary")))
        .append(" <small>")
        .append(escape(callers(operation.getJsonArray("security"))))
        .append("</small></summary>");
    if (operation.containsKey("description")) {
      out.append("<p>").append(escape(operation.getString("description"))).append("</p>");
    }
    var shown = operation.copy();
    for (var known :
        List.of("operationId", "tags", "summary", "description", "security")) {
      shown.remove(known);
    }
    json(out, shown);
    out.append("</details>");
  }

  private static String callers(JsonArray security) {
    if (security.isEmpty()) return "(anyone)";
    var names = new java.util.ArrayList<String>();
    for (var alternative : security) {
      var fields = ((JsonObject) alternative).fieldNames();
      names.add(fields.isEmpty() ? "anyone" : String.join("", fields));
    }
    return "(" + String.join(", ", names) + ")";
  }

  private static void json(StringBuilder out, JsonObject object) {
    out.append("<pre>").append(escape(object.encodePrettily())).append("</pre>");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
