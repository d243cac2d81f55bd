package io.madang.gateway.statement;

import io.madang.gateway.http.Call;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** The languages of a statement. */
enum Language {
  KO("ko"),
  EN("en");

  private static final List<Locale> LOCALES = List.of(Locale.KOREAN, Locale.ENGLISH);

  private final String tag;

  Language(String tag) {
    this.tag = tag;
  }

  /**
   * What {@code lang} asks for, else what {@code Accept-Language} (RFC 9110) prefers, else Korean.
   */
  static Language of(Call call) {
    return call.optional("lang")
        .map(Language::parse)
        .orElseGet(() -> preferred(call.optional("Accept-Language").orElse("")));
  }

  private static Language parse(String tag) {
    return tag.equals(EN.tag) ? EN : KO;
  }

  private static Language preferred(String header) {
    if (header.isBlank()) return KO;
    try {
      var found = Locale.lookup(Locale.LanguageRange.parse(header), LOCALES);
      return Locale.ENGLISH.equals(found) ? EN : KO;
    } catch (IllegalArgumentException notAList) {
      return KO;
    }
  }

  /** Its BCP 47 tag. */
  String tag() {
    return tag;
  }

  /** What stands in the member of this language. */
  String of(JsonObject names) {
    return names.getString(tag);
  }
}
