package io.madang.ledger;

import io.madang.chain.PublicKey;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonObject;
import io.madang.ledger.Rows.Meta;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the ledger's part of a genesis document ({@code docs/formats.md}, section 5). */
final class Genesis {
  private static final int MOST = 10_000;
  private static final long DAY_MILLIS = 24L * 60 * 60 * 1_000;

  private Genesis() {}

  /**
   * Puts what the document says into an empty state.
   *
   * @throws IllegalArgumentException naming the member that is wrong
   */
  static void read(State state, String chain, long timeMillis, byte[] appState) {
    var json =
        switch (CanonicalJson.read(appState)) {
          case CanonicalJson.Result.Read(JsonObject object) -> object;
          case CanonicalJson.Result.Read _ ->
              throw new IllegalArgumentException("the application state is no object");
          case CanonicalJson.Result.Refused(int offset, var path, var reason) ->
              throw new IllegalArgumentException(
                  "the application state is not canonical JSON: %s (byte %d, at '%s')"
                      .formatted(reason, offset, path));
        };
    try {
      read(state, chain, timeMillis, new Members("", json));
    } catch (Malformed fault) {
      throw new IllegalArgumentException(
          "the application state is wrong: " + fault.detail(), fault);
    }
  }

  private static void read(State state, String chain, long timeMillis, Members in) {
    state.meta.add(new Meta(chain, in.number("dayOffsetMillis", 0, DAY_MILLIS - 1)));
    var ids = new HashSet<AccountId>();
    var keys = new HashSet<PublicKey>();
    for (var members : in.objects("accounts", MOST)) {
      var account = account(members, timeMillis, keys);
      if (!ids.add(account.id())) {
        throw new Malformed(members.pathOf("id"), "occurs twice");
      }
      state.addAccount(account);
    }
    var codes = new HashSet<AssetCode>();
    for (var members : in.objects("assets", MOST)) {
      var asset = asset(members, ids);
      if (!codes.add(asset.code())) {
        throw new Malformed(members.pathOf("code"), "occurs twice");
      }
      state.addAsset(asset);
    }
    in.end();
  }

  private static Account account(Members in, long timeMillis, Set<PublicKey> known) {
    var keys = new ArrayList<AccountKey>();
    for (var members : in.objects("keys", Account.MAX_KEYS_EVER)) {
      var key = key(members, timeMillis);
      if (!known.add(key.key())) {
        throw new Malformed(members.pathOf("key"), "occurs twice");
      }
      keys.add(key);
    }
    if (keys.isEmpty()) {
      throw new Malformed(in.pathOf("keys"), "must not be empty");
    }
    var id = in.account("id");
    if (!id.equals(AccountId.of(keys.getFirst().key()))) {
      throw new Malformed(in.pathOf("id"), "is not the one that follows from the first key");
    }
    var kind = in.accountKind("kind");
    if (keys.size() > kind.maxLiveKeys()) {
      throw new Malformed(in.pathOf("keys"), "has more than " + kind.maxLiveKeys() + " items");
    }
    var limits = in.has("limits") ? in.limits("limits") : Limits.NONE;
    boolean enroller = isEnroller(in);
    in.end();
    return new Account(id, kind, enroller, limits, keys);
  }

  private static boolean isEnroller(Members in) {
    if (!in.has("roles")) {
      return false;
    }
    return in.texts(
            "roles",
            1,
            role -> {
              if (!role.equals("enroller")) {
                throw new IllegalArgumentException("the only role is enroller");
              }
              return role;
            })
        .equals(List.of("enroller"));
  }

  private static AccountKey key(Members in, long timeMillis) {
    var key =
        new AccountKey(
            in.key("key"),
            in.label("label"),
            in.number("expiresMillis", timeMillis + 1, timeMillis + AccountKey.MAX_LIFE_MILLIS),
            false);
    in.end();
    return key;
  }

  private static Asset asset(Members in, Set<AccountId> accounts) {
    var approvers = in.texts("approvers", LedgerReader.MAX_APPROVALS, AccountId::parse);
    var isNamed = new HashSet<AccountId>();
    for (var approver : approvers) {
      if (!accounts.contains(approver) || !isNamed.add(approver)) {
        throw new Malformed(in.pathOf("approvers"), "must name accounts above, each once");
      }
    }
    if (approvers.isEmpty()) {
      throw new Malformed(in.pathOf("approvers"), "must not be empty");
    }
    var asset =
        new Asset(
            in.asset("code"),
            in.assetKind("kind"),
            in.smallNumber("scale", 0, Asset.MAX_SCALE),
            approvers,
            in.smallNumber("threshold", 1, approvers.size()),
            0,
            0);
    in.end();
    return asset;
  }
}
