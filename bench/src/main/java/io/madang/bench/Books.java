package io.madang.bench;

import io.madang.chain.Hash;
import io.madang.chain.Receipt;
import io.madang.chain.ReceiptReading;
import io.madang.chain.ReceiptVerification;
import io.madang.chain.TrustedMembers;
import io.madang.gateway.client.GatewayClient;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Looks, through the public API alone, whether what was measured has really happened. */
final class Books {
  private final GatewayClient gateway;
  private final Words words;

  Books(GatewayClient gateway, Words words) {
    this.gateway = gateway;
    this.words = words;
  }

  /**
   * Checks that each party owns exactly what it must.
   *
   * @throws IllegalStateException when one does not
   */
  void verifyBalances(List<Town.Owner> owners) {
    owners.parallelStream()
        .forEach(
            owner -> {
              long balance = balance(owner.party());
              if (balance != owner.balance()) {
                throw new IllegalStateException(
                    "account %s owns %d and must own %d"
                        .formatted(owner.party().account(), balance, owner.balance()));
              }
            });
  }

  /** What a party owns, as the party itself is told. */
  long balance(Party party) {
    var challenge = gateway.post("/v1/sessions/challenges", new JsonObject());
    var login =
        words.login(party, challenge.getString("audience"), challenge.getString("challenge"));
    var session = gateway.post("/v1/sessions", new JsonObject().put("login", login.text()));
    return gateway.with(session.getString("token")).get("/v1/me").getJsonArray("balances").stream()
        .map(JsonObject.class::cast)
        .filter(balance -> balance.getString("asset").equals(words.asset()))
        .mapToLong(balance -> balance.getLong("available"))
        .sum();
  }

  /**
   * Checks the receipts of transactions.
   *
   * @throws IllegalStateException when one does not prove its transaction
   */
  void verifyReceipts(List<Hash> transactions) {
    var members = gateway.bytes("/v1/members");
    for (var hash : transactions) {
      if (!proves(gateway.bytes("/v1/receipts/" + hash), members, hash)) {
        throw new IllegalStateException("the receipt does not prove transaction " + hash);
      }
    }
  }

  private static boolean proves(byte[] receipt, byte[] members, Hash transaction) {
    return Receipt.read(receipt) instanceof ReceiptReading.Read(var read)
        && TrustedMembers.read(members) instanceof TrustedMembers.Reading.Read(var trusted)
        && read.verify(trusted) instanceof ReceiptVerification.Valid(var details)
        && details.transactionHash().equals(transaction);
  }
}
