package io.madang.gateway.http;

import io.madang.gateway.http.Problem.Fault;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import io.vertx.json.schema.common.dsl.SchemaType;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks an operation's parameters and body against the contract. The validators are made once: the
 * library's own request validation makes them for each request, on a worker thread.
 */
final class RequestCheck {
  private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,15}");
  private static final int MAX_FAULTS = 20;

  private final List<CheckedParameter> parameters;
  private final Set<String> queryNames = new HashSet<>();
  private final Optional<Validator> body;
  private final Optional<TextBody> textBody;

  private record CheckedParameter(Parameter parameter, Validator validator) {
    String pointer() {
      return parameter.getIn().toString() + "/" + parameter.getName();
    }
  }

  /**
   * The checks of an operation.
   *
   * @param bodySchema its body's schema as it stands in the contract
   * @param components the contract's schemas by name
   */
  RequestCheck(
      SchemaRepository schemas,
      Operation operation,
      Optional<JsonObject> bodySchema,
      JsonObject components) {
    var checked = new ArrayList<CheckedParameter>();
    for (var parameter : operation.getParameters()) {
      checked.add(new CheckedParameter(parameter, validator(schemas, parameter.getSchema())));
      if (parameter.getIn() == Location.QUERY) queryNames.add(parameter.getName());
    }
    parameters = List.copyOf(checked);
    body =
        Optional.ofNullable(operation.getRequestBody())
            .map(request -> request.getContent().get("application/json"))
            .map(media -> validator(schemas, media.getSchema()));
    textBody = bodySchema.flatMap(schema -> TextBody.of(schema, components));
  }

  private static Validator validator(SchemaRepository schemas, JsonSchema schema) {
    return schemas.validator(
        schema,
        new JsonSchemaOptions()
            .setBaseUri("app://")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Basic));
  }

  boolean takesBody() {
    return body.isPresent();
  }

  /** The parameters that were sent, integers as Long; what is wrong goes into {@code faults}. */
  Map<String, Object> parameters(
      Map<String, String> path, MultiMap query, MultiMap headers, List<Fault> faults) {
    var values = new HashMap<String, Object>();
    for (var name : query.names()) {
      if (!queryNames.contains(name)) faults.add(new Fault("query", "unknown parameter"));
      else if (query.getAll(name).size() > 1) faults.add(new Fault("query/" + name, "given twice"));
    }
    for (var checked : parameters) {
      var parameter = checked.parameter();
      @Nullable String sent =
          switch (parameter.getIn()) {
            case PATH -> path.get(parameter.getName());
            case QUERY -> query.get(parameter.getName());
            case HEADER -> headers.get(parameter.getName());
            case COOKIE -> null;
          };
      if (sent == null) {
        if (parameter.isRequired()) faults.add(new Fault(checked.pointer(), "is missing"));
        continue;
      }
      if (parameter.getSchemaType() == SchemaType.INTEGER && !INTEGER.matcher(sent).matches()) {
        faults.add(new Fault(checked.pointer(), "is not a plain integer"));
        continue;
      }
      Object value =
          parameter.getSchemaType() == SchemaType.INTEGER ? (Object) Long.valueOf(sent) : sent;
      var result = checked.validator().validate(value);
      if (Boolean.TRUE.equals(result.getValid())) {
        values.put(parameter.getName(), value);
      } else {
        faults.add(new Fault(checked.pointer(), "does not fit the contract"));
      }
    }
    return values;
  }

  /** Looks for what the contract does not allow in a body. */
  void body(JsonObject sent, List<Fault> faults) {
    if (body.isEmpty() || textBody.filter(text -> text.accepts(sent)).isPresent()) return;
    var result = body.get().validate(sent);
    if (Boolean.TRUE.equals(result.getValid())) return;
    collect(result, faults);
    if (faults.isEmpty()) faults.add(new Fault("#", "does not fit the contract"));
  }

  /** The innermost errors: those around them only say that something inside is wrong. */
  private static void collect(OutputUnit result, List<Fault> faults) {
    var errors = result.getErrors();
    if (errors == null) return;
    for (var error : errors) {
      var pointer = error.getInstanceLocation();
      boolean inner =
          errors.stream()
              .map(OutputUnit::getInstanceLocation)
              .anyMatch(other -> other.startsWith(pointer + "/"));
      var detail = error.getError();
      var fault = new Fault(pointer, detail == null ? "does not fit the contract" : say(detail));
      if (!inner && !faults.contains(fault) && faults.size() < MAX_FAULTS) faults.add(fault);
    }
  }

  /** The library's words without what they quote of the request. */
  private static String say(String error) {
    if (error.startsWith("String does not match pattern")) return "has not the form";
    if (error.startsWith("Instance type")) return "is of another type";
    if (error.startsWith("False boolean schema") || error.contains("additional properties")) {
      return "is unknown";
    }
    if (error.startsWith("Instance does not have required property")) return error;
    if (error.contains("enum")) return "is none of the allowed values";
    if (error.contains("is less than") || error.contains("is greater than")) {
      return "is out of range";
    }
    if (error.contains("too long") || error.contains("too short")) return "has another length";
    return "does not fit the contract";
  }
}
