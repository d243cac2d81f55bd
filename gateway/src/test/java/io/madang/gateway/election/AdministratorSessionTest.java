package io.madang.gateway.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who administers elections is known by key alone. */
class AdministratorSessionTest {
  private static final String PURPOSE = "administrator.login";

  private static Town town;
  private static Office office;

  @BeforeAll
  static void begin() {
    town = Town.start();
    office = new Office(town, Town.key("election office"));
  }

  @AfterAll
  static void end() {
    town.close();
  }

  @Test
  void opens_a_session_for_an_administrator() {
    var challenge = office.challenge();
    assertThat(challenge.getString("chain")).isEqualTo(Town.VOTES);
    var opened = office.open(office.login(challenge, PURPOSE, Town.VOTES)).expect(201).json();
    assertThat(opened.getString("token")).startsWith("as_");
    // The token is an administrator's and nobody else's.
    town.holder(opened.getString("token")).get("/v1/me").expect(403, "forbidden");
  }

  @Test
  void takes_a_challenge_once() {
    var login = office.login(office.challenge(), PURPOSE, Town.VOTES);
    office.open(login).expect(201);
    office.open(login).expect(401, "login-refused");
  }

  @Test
  void refuses_a_key_that_is_no_administrators() {
    var stranger = new Office(town, Town.key("stranger"));
    stranger
        .open(stranger.login(stranger.challenge(), PURPOSE, Town.VOTES))
        .expect(401, "login-refused");
  }

  @Test
  void refuses_words_that_were_signed_for_something_else() {
    var forWallets = office.login(office.challenge(), "login", Town.VOTES);
    office.open(forWallets).expect(401, "login-refused");
    var forPayments = office.login(office.challenge(), PURPOSE, Town.CHAIN);
    office.open(forPayments).expect(401, "login-refused");
    var elsewhere = office.challenge().put("audience", "https://other.example");
    office.open(office.login(elsewhere, PURPOSE, Town.VOTES)).expect(401, "login-refused");
  }
}
