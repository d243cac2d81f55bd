package io.madang.gateway.session;

import io.madang.chain.Statement;
import io.madang.chain.StatementReader;
import io.madang.chain.StatementReading;
import io.madang.chain.json.JsonText;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Reads signed challenges. */
final class LoginReader {
  private final Challenges challenges;
  private final Clock clock;
  private final Predicate<Statement> signature;
  private final Meant meant;

  /**
   * What a login has to be signed for.
   *
   * @param audience this gateway's public origin
   */
  record Meant(String purpose, Supplier<String> chain, String audience) {}

  /** A login whose form, signature and challenge are right, or one that stands for it. */
  record Signed(Optional<Statement> login, Challenges.Use use) {}

  LoginReader(Challenges challenges, Clock clock, Predicate<Statement> signature, Meant meant) {
    this.challenges = challenges;
    this.clock = clock;
    this.signature = signature;
    this.meant = meant;
  }

  String audience() {
    return meant.audience();
  }

  /** Takes the same steps whoever signed. */
  Signed read(String text) {
    if (!(StatementReader.read(text) instanceof StatementReading.Read(var login))) return none();
    var payload = login.payload();
    var members = payload.operation().members();
    boolean fits =
        payload.purpose().equals(meant.purpose())
            && payload.chain().equals(meant.chain().get())
            && payload.validUntilMillis() >= clock.millis()
            && members.size() == 2
            && members.get("audience") instanceof JsonText(var audience)
            && audience.equals(meant.audience());
    var challenge = members.get("challenge") instanceof JsonText(var words) ? words : "";
    var use = challenges.useOf(challenge);
    boolean signed = signature.test(login);
    if (!fits || !signed || use.isEmpty()) return none();
    return new Signed(Optional.of(login), use.get());
  }

  private Signed none() {
    return new Signed(Optional.empty(), challenges.useOfNone());
  }
}
