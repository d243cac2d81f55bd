package io.madang.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class TextBodyTest {
  private static final JsonObject COMPONENTS =
      new JsonObject()
          .put(
              "Word",
              new JsonObject().put("type", "string").put("minLength", 2).put("maxLength", 4))
          .put("Number", new JsonObject().put("type", "integer"));

  @Test
  void accepts_known_texts_of_the_right_lengths() {
    var body = TextBody.of(schema("Word"), COMPONENTS).orElseThrow();

    assertThat(body.accepts(new JsonObject().put("word", "가나"))).isTrue();
    assertThat(body.accepts(new JsonObject().put("word", "four"))).isTrue();
  }

  @Test
  void leaves_everything_else_to_the_schema() {
    var body = TextBody.of(schema("Word"), COMPONENTS).orElseThrow();

    assertThat(body.accepts(new JsonObject())).isFalse();
    assertThat(body.accepts(new JsonObject().put("word", "f"))).isFalse();
    assertThat(body.accepts(new JsonObject().put("word", "fiver"))).isFalse();
    assertThat(body.accepts(new JsonObject().put("word", "😀😀"))).isFalse();
    assertThat(body.accepts(new JsonObject().put("word", 12))).isFalse();
    assertThat(body.accepts(new JsonObject().putNull("word"))).isFalse();
    assertThat(body.accepts(new JsonObject().put("word", "four").put("more", "x"))).isFalse();
  }

  @Test
  void is_made_only_for_schemas_that_it_understands_wholly() {
    assertThat(TextBody.of(schema("Number"), COMPONENTS)).isEmpty();
    assertThat(TextBody.of(schema("Absent"), COMPONENTS)).isEmpty();
    assertThat(TextBody.of(schema("Word").put("minProperties", 1), COMPONENTS)).isEmpty();
    assertThat(TextBody.of(schema("Word").put("additionalProperties", true), COMPONENTS)).isEmpty();
  }

  private static JsonObject schema(String component) {
    return new JsonObject()
        .put("type", "object")
        .put("additionalProperties", false)
        .put("required", new JsonArray().add("word"))
        .put(
            "properties",
            new JsonObject()
                .put("word", new JsonObject().put("$ref", "#/components/schemas/" + component)));
  }
}
