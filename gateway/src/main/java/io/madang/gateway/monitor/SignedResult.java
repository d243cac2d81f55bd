package io.madang.gateway.monitor;

import io.madang.chain.Receipt;
import io.madang.chain.ReceiptReading;
import io.madang.chain.ReceiptVerification;
import io.madang.chain.TrustedMembers;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonObject;

/** What a receipt says that the members signed as a transaction's result. */
sealed interface SignedResult {
  /** They signed this. */
  record Signed(JsonObject result) implements SignedResult {}

  /** It proves nothing. */
  record Unsigned(String fault) implements SignedResult {}

  static SignedResult of(byte[] receipt, TrustedMembers trusted) {
    if (!(Receipt.read(receipt) instanceof ReceiptReading.Read(var read))) {
      return new Unsigned("It is none.");
    }
    if (!(read.verify(trusted) instanceof ReceiptVerification.Valid(var details))) {
      return new Unsigned("It is not signed as it must be.");
    }
    return CanonicalJson.read(details.result().data())
            instanceof CanonicalJson.Result.Read(JsonObject result)
        ? new Signed(result)
        : new Unsigned("Its result is no object.");
  }
}
