package io.madang.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code openapi.yaml}: which operations there are, who may call them and what they take. */
public final class Contract {
  private static final String RESOURCE = "/openapi.yaml";

  private final OpenAPIContract parsed;
  private final byte[] yaml;
  private final JsonObject document;
  private final Map<String, ApiOperation> operations;

  /** Whether an operation takes an {@code Idempotency-Key}. */
  enum Idempotency {
    NONE,
    OPTIONAL,
    REQUIRED
  }

  /**
   * What body an operation takes.
   *
   * @param maxBytes {@code x-max-body}
   * @param raw whether the bytes are handed on as they came ({@code x-body: raw}), for records that
   *     are signed or hashed and have readers of their own
   */
  record Body(int maxBytes, boolean raw) {}

  /**
   * One operation as the border needs it.
   *
   * @param callers who may call; empty for everybody
   * @param anonymous whether it may be called without a token
   * @param roles the merchant's keys that may call; empty for all
   * @param rate the name of its rate limit
   */
  record ApiOperation(
      String id,
      Set<Caller.Kind> callers,
      boolean anonymous,
      Set<Caller.Role> roles,
      Idempotency idempotency,
      String rate,
      Body body,
      RequestCheck check) {}

  private Contract(
      OpenAPIContract parsed,
      byte[] yaml,
      JsonObject document,
      Map<String, ApiOperation> operations) {
    this.parsed = parsed;
    this.yaml = yaml;
    this.document = document;
    this.operations = operations;
  }

  /** Reads the contract of this program. */
  public static Future<Contract> load(Vertx vertx) {
    byte[] yaml = resource();
    var document = parse(yaml);
    return OpenAPIContract.from(vertx, requestsOnly(document.copy()))
        .map(
            parsed -> {
              var operations = new TreeMap<String, ApiOperation>();
              for (var operation : parsed.operations()) {
                operations.put(operation.getOperationId(), read(parsed, document, operation));
              }
              return new Contract(parsed, yaml, document, operations);
            });
  }

  /** The contract as the library reads it. */
  OpenAPIContract parsed() {
    return parsed;
  }

  /** The file itself. */
  byte[] yaml() {
    return yaml.clone();
  }

  /** The whole document. */
  public JsonObject document() {
    return document.copy();
  }

  /** All operations by their id. */
  Map<String, ApiOperation> operations() {
    return operations;
  }

  private static ApiOperation read(
      OpenAPIContract contract, JsonObject document, Operation operation) {
    var model =
        document
            .getJsonObject("paths")
            .getJsonObject(operation.getOpenAPIPath())
            .getJsonObject(operation.getHttpMethod().name().toLowerCase(Locale.ROOT));
    var callers = new HashSet<Caller.Kind>();
    // Every operation names its callers; none is open because somebody forgot to.
    var security = model.getJsonArray("security");
    boolean anonymous = security.isEmpty();
    for (var alternative : security) {
      var names = ((JsonObject) alternative).fieldNames();
      anonymous |= names.isEmpty();
      names.forEach(name -> callers.add(Caller.Kind.valueOf(name.toUpperCase(Locale.ROOT))));
    }
    var roles = new HashSet<Caller.Role>();
    for (var role : model.getJsonArray("x-roles", new JsonArray())) {
      roles.add(Caller.Role.valueOf(role.toString().toUpperCase(Locale.ROOT)));
    }
    var idempotency =
        Idempotency.valueOf(model.getString("x-idempotency", "none").toUpperCase(Locale.ROOT));
    return new ApiOperation(
        operation.getOperationId(),
        Set.copyOf(callers),
        anonymous,
        Set.copyOf(roles),
        idempotency,
        model.getString("x-rate", "general"),
        new Body(
            model.getInteger("x-max-body", Border.MAX_BODY),
            model.getString("x-body", "json").equals("raw")),
        new RequestCheck(
            contract.getSchemaRepository(),
            operation,
            bodySchema(model),
            document.getJsonObject("components").getJsonObject("schemas")));
  }

  private static Optional<JsonObject> bodySchema(JsonObject model) {
    return Optional.ofNullable(model.getJsonObject("requestBody"))
        .map(body -> body.getJsonObject("content"))
        .map(content -> content.getJsonObject("application/json"))
        .map(media -> media.getJsonObject("schema"));
  }

  private static byte[] resource() {
    try (InputStream stream =
        Optional.ofNullable(Contract.class.getResourceAsStream(RESOURCE)).orElseThrow()) {
      return stream.readAllBytes();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static JsonObject parse(byte[] yaml) {
    Object loaded =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(new String(yaml, java.nio.charset.StandardCharsets.UTF_8));
    return (JsonObject) json(loaded);
  }

  private static Object json(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var object = new JsonObject();
        map.forEach((name, member) -> object.put(String.valueOf(name), json(member)));
        yield object;
      }
      case List<?> list -> {
        var array = new JsonArray();
        list.forEach(item -> array.add(json(item)));
        yield array;
      }
      default -> value;
    };
  }

  /**
   * What the library is for here. It knows few media types and refuses a contract that answers with
   * others, and it would have its own say on who may call.
   */
  private static JsonObject requestsOnly(JsonObject document) {
    for (var path : document.getJsonObject("paths")) {
      for (var operation : (JsonObject) path.getValue()) {
        ((JsonObject) operation.getValue()).remove("security");
        var responses = ((JsonObject) operation.getValue()).getJsonObject("responses");
        for (var status : Set.copyOf(responses.fieldNames())) {
          responses.put(status, new JsonObject().put("description", status));
        }
      }
    }
    document.getJsonObject("components").remove("responses");
    return document;
  }
}
