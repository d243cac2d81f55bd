package io.madang.pos.printer;

import io.madang.payment.BusinessNumber;
import java.time.LocalDateTime;
import java.util.List;

/** Receipts to print. */
public final class Receipts {
  static final String PROOF = "https://madang.example/explorer#/tx/1042.7";

  private Receipts() {}

  public static Receipt of(long number, String item) {
    return new Receipt(
        number,
        new Receipt.Shop(
            "신촌 커피", new BusinessNumber("1208147521"), "홍길동", "서울 서대문구 신촌로 12, 1층", "02-123-4567"),
        LocalDateTime.of(2026, 11, 22, 14, 5, 9),
        List.of(new Receipt.Item(item, 2, 9_000), new Receipt.Item("소금빵", 1, 3_500)),
        new Receipt.Tax(11_364, 1_136, 0),
        List.of(new Receipt.Tender("포인트", 500), new Receipt.Tender("S-Coin", 12_000)),
        "000042",
        "1042.7",
        List.of(new Receipt.Note("잔액", "88,000"), new Receipt.Note("현금영수증", "없음")),
        PROOF);
  }
}
