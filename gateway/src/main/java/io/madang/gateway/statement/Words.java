package io.madang.gateway.statement;

import io.madang.gateway.settlement.Attempt;
import io.madang.payment.settlement.Posting;

/** What a statement says, in both languages. */
enum Words {
  TITLE("정산서", "Settlement statement"),
  MERCHANT("상점", "Merchant"),
  MERCHANT_ID("상점 번호", "Merchant number"),
  ACCOUNT("계정", "Account"),
  ASSET("자산", "Asset"),
  PERIOD("기간", "Period"),
  SETTLED_THROUGH("정산된 마지막 날", "Settled through"),
  TIMES("시각", "Times"),
  TIMES_OF("서울 (UTC+9)", "Seoul (UTC+9)"),
  INCOMPLETE(
      "아직 끝나지 않은 기간이에요. 정산이 끝난 날까지만 담았어요.",
      "This period is not settled to its end yet: it shows what was settled so far."),
  SUMMARY("요약", "Summary"),
  LINES("정산 내역", "Transactions"),
  DAYS("날짜별", "By day"),
  BY_HOUR("시간대별", "By hour"),
  FIGURES("합계", "Totals"),
  CARRIED_BEFORE("이월받은 금액", "Carried from before"),
  CAPTURES("받은 결제", "Payments received"),
  REFUNDS("환불", "Refunds"),
  OTHERS("그 밖의 변동", "Other movements"),
  CHARGES("수수료 등 차감", "Fees and charges taken"),
  PAYOUT("지급액", "Paid out to the bank"),
  CARRIED("다음으로 이월", "Carried forward"),
  OWED("다음에 차감할 금액", "Charges still owed"),
  FEES("수수료", "Fees"),
  ADJUSTMENTS("조정", "Adjustments"),
  PAID("지급 완료", "Booked by the bank"),
  UNDER_WAY("지급 중", "On its way"),
  RETURNED("은행에서 돌아옴", "Came back"),
  STATUS("지급 상태", "Payout"),
  COUNT("건수", "Count"),
  DAY("정산일", "Settlement day"),
  INDEX("순번", "No."),
  TIME("시각", "Time"),
  KIND("종류", "Kind"),
  AMOUNT("금액", "Amount"),
  FEE("수수료", "Fee"),
  REFERENCE("메모", "Reference"),
  POSITION("체인 위치", "Position on the chain"),
  REFUNDED("환불한 결제", "Refunded payment"),
  RECEIPT("영수증 주소", "Address of the receipt"),
  PAID_WITH("함께 낸 것", "Paid with"),
  ROOT("머클 루트", "Merkle root"),
  SETTLEMENT("정산 거래", "Settlement transaction"),
  PROOF("스스로 확인하기", "Prove it yourself"),
  HOW_TO_PROVE(
      "줄마다 '체인 위치 금액'(예: 1042.7 4500)을 순서대로 RFC 6962 머클 트리에 넣으면 그날의 루트가 나와야 하고, 그 루트는 정산 거래의 영수증에"
          + " 들어 있어요. 금액은 최소 단위로, 쉼표 없이 써요. 영수증이 있는데 여기에 없는 결제는 빠진 거예요. 상점 화면의 정산서에서 '증명하기'를 누르면"
          + " 브라우저가 같은 일을 해 줘요.",
      "Put 'position amount' of each line, such as 1042.7 4500, in this order into a Merkle tree"
          + " (RFC 6962): that gives the day's root, which stands in the receipt of the settlement"
          + " transaction. Amounts are in minor units, without separators. A payment that has a"
          + " receipt but no line was left out. On the merchant's page of this statement, the"
          + " browser does the same for you."),
  FIRST_LINES_ONLY(
      "거래가 많아 처음 %,d건만 실었어요. 전체 %,d건은 XLSX나 CSV 파일에 있어요.",
      "These are the first %,d transactions; all %,d are in the XLSX and CSV files."),
  NO_LINES("이 기간에는 거래가 없어요.", "There were no transactions in this period."),
  PAGE("%d / %d쪽", "Page %d of %d");

  private final String korean;
  private final String english;

  Words(String korean, String english) {
    this.korean = korean;
    this.english = english;
  }

  String in(Language language) {
    return language == Language.KO ? korean : english;
  }

  /** What a line is. */
  static String of(Posting.Kind kind, Language language) {
    return switch (language) {
      case KO ->
          switch (kind) {
            case CAPTURE -> "결제";
            case REFUND -> "환불";
            case PAYMENT_MADE -> "보낸 결제";
            case REFUND_RECEIVED -> "돌려받음";
            case ISSUED -> "발행";
            case REDEEMED -> "환급";
          };
      case EN ->
          switch (kind) {
            case CAPTURE -> "Payment";
            case REFUND -> "Refund";
            case PAYMENT_MADE -> "Payment made";
            case REFUND_RECEIVED -> "Refund received";
            case ISSUED -> "Issued";
            case REDEEMED -> "Redeemed";
          };
    };
  }

  /** How far a payout is. */
  static String of(Attempt.Status status, Language language) {
    return switch (language) {
      case KO ->
          switch (status) {
            case PENDING -> "정산 중";
            case CARRIED -> "이월";
            case ON_ITS_WAY -> "지급 중";
            case PAID -> "지급 완료";
            case RETURNED -> "돌아옴";
          };
      case EN ->
          switch (status) {
            case PENDING -> "Pending";
            case CARRIED -> "Carried";
            case ON_ITS_WAY -> "On its way";
            case PAID -> "Paid";
            case RETURNED -> "Came back";
          };
    };
  }
}
