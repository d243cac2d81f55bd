package io.madang.voting.chain;

import io.madang.chain.PublicKey;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import io.madang.voting.chain.Rows.Meta;
import java.util.ArrayList;

/** Reads the voting channel's part of a genesis document ({@code docs/formats.md}, section 9). */
final class Genesis {
  private static final int MOST_ADMINISTRATORS = 1_000;

  private Genesis() {}

  /**
   * The first row of state.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  static Meta read(String chain, byte[] appState) {
    var json =
        switch (CanonicalJson.read(appState)) {
          case CanonicalJson.Result.Read(JsonObject object) -> object;
          case CanonicalJson.Result.Read _ ->
              throw new IllegalArgumentException("the application state is no object");
          case CanonicalJson.Result.Refused refused ->
              throw new IllegalArgumentException(refused.sentence());
        };
    try {
      var in = new Members(json);
      var keys = new ArrayList<PublicKey>();
      for (var value : in.list("administrators", MOST_ADMINISTRATORS)) {
        if (!(value instanceof JsonText(var text))) {
          throw new Malformed("administrators", "must be a list of keys");
        }
        var key = PublicKey.parse(text);
        if (keys.contains(key)) {
          throw new Malformed("administrators", "names a key twice");
        }
        keys.add(key);
      }
      if (keys.isEmpty()) {
        throw new Malformed("administrators", "must not be empty");
      }
      in.end();
      return new Meta(chain, keys);
    } catch (Malformed fault) {
      throw new IllegalArgumentException(
          "the application state is wrong: " + fault.detail(), fault);
    }
  }
}
