package io.madang.gateway.setup;

import io.madang.chain.Base64Url;
import io.madang.chain.PublicKey;
import io.madang.chain.SigningKey;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file in which an administrator of elections keeps the key; the page opens it too. */
public final class AdministratorKeyFile {
  private static final String KIND = "madang-administrator-key";

  private AdministratorKeyFile() {}

  static String text(PublicKey key, byte[] seed) {
    return JsonObject.builder()
        .put("key", key.toString())
        .put("kind", KIND)
        .put("seed", Base64Url.encode(seed))
        .build()
        .canonical();
  }

  /** The key in a file. */
  public static SigningKey read(Path file) throws IOException {
    var text = Files.readString(file).strip();
    if (CanonicalJson.read(text.getBytes(StandardCharsets.UTF_8))
            instanceof CanonicalJson.Result.Read(JsonObject object)
        && object.members().get("kind") instanceof JsonText(var kind)
        && kind.equals(KIND)
        && object.members().get("key") instanceof JsonText(var named)
        && object.members().get("seed") instanceof JsonText(var seed)) {
      var decoded = Base64Url.decode(seed).filter(bytes -> bytes.length == SecretFile.LENGTH);
      if (decoded.isPresent()) {
        var key = SigningKey.ed25519(decoded.get());
        if (key.publicKey().toString().equals(named)) {
          return key;
        }
      }
    }
    throw new IOException(file + " is no key of an administrator");
  }
}
