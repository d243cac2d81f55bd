package io.madang.gateway.settlement;

import io.madang.gateway.http.Json;
import io.vertx.core.json.JsonObject;

/** Why a bank did not pay, in words for a merchant (ISO 20022 external status reason codes). */
final class ReturnReasons {
  private ReturnReasons() {}

  static JsonObject words(String code) {
    return switch (code) {
      case "AC01" -> Json.names("계좌번호가 올바르지 않아요.", "The account number is wrong.");
      case "AC04" -> Json.names("해지된 계좌예요.", "The account is closed.");
      case "AC06" -> Json.names("입금이 막힌 계좌예요.", "The account is blocked.");
      case "AG01" -> Json.names("이 계좌로는 이체할 수 없어요.", "Transfers to this account are not allowed.");
      case "AM05" -> Json.names("은행이 중복 이체로 판단했어요.", "The bank took it for a duplicate.");
      case "BE01" -> Json.names("예금주 이름이 달라요.", "The holder's name does not match.");
      case "RR04" -> Json.names("규정에 따라 은행이 거절했어요.", "The bank refused for a regulatory reason.");
      default -> Json.names("은행이 이유를 밝히지 않았어요.", "The bank gave no reason that we know.");
    };
  }
}
