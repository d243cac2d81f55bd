package io.madang.ledger;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.PublicKey;
import io.madang.ledger.Words.AccountRequest;
import io.madang.ledger.Words.Approval;
import io.madang.ledger.Words.AttributesApproval;
import io.madang.ledger.Words.KeyRequest;
import io.madang.ledger.Words.Mandate;
import io.madang.ledger.Words.ProgrammeApproval;
import io.madang.ledger.Words.RulesApproval;
import io.madang.ledger.Words.VoidApproval;
import java.util.List;
import java.util.Optional;

/**
 * What a transaction asks of the ledger. Amounts are 1 to 2^53-1 minor units. References are empty
 * when there is none.
 */
public sealed interface Operation {

  /** The tag that such a transaction is signed for. */
  Purpose purpose();

  /** The statements nested inside, in the order in which they stand. */
  default List<? extends Nested<?>> nested() {
    return List.of();
  }

  /** An enroller opens an account for the key that asks for it. */
  record OpenAccount(AccountKind kind, Limits limits, Nested<AccountRequest> request)
      implements Operation {
    @Override
    public Purpose purpose() {
      return Purpose.ACCOUNT_OPEN;
    }

    @Override
    public List<Nested<AccountRequest>> nested() {
      return List.of(request);
    }
  }

  /** An enroller sets what an account may pay. */
  record SetLimits(AccountId account, Limits limits) implements Operation {
    @Override
    public Purpose purpose() {
      return Purpose.ACCOUNT_LIMITS;
    }
  }

  /** A live key lets another key sign for its account. */
  record AddKey(Nested<KeyRequest> request) implements Operation {
    @Override
    public Purpose purpose() {
      return Purpose.KEY_ADD;
    }

    @Override
    public List<Nested<KeyRequest>> nested() {
      return List.of(request);
    }
  }

  /** Ends a key at once. */
  record RevokeKey(PublicKey key) implements Operation {
    @Override
    public Purpose purpose() {
      return Purpose.KEY_REVOKE;
    }
  }

  /**
   * Approvers bring money in for which a bank deposit stands.
   *
   * @param bonus what a programme of charges adds to it
   */
  record Issue(
      AccountId account,
      Amount amount,
      List<Nested<Approval>> approvals,
      String bankReference,
      Optional<Grant> bonus)
      implements Operation {
    public Issue {
      approvals = List.copyOf(approvals);
    }

    @Override
    public Purpose purpose() {
      return Purpose.ASSET_ISSUE;
    }

    @Override
    public List<Nested<Approval>> nested() {
      return approvals;
    }
  }

  /** The holder takes money out against a bank transfer. */
  record Redeem(Amount amount, List<Nested<Approval>> approvals, String bankReference)
      implements Operation {
    public Redeem {
      approvals = List.copyOf(approvals);
    }

    @Override
    public Purpose purpose() {
      return Purpose.ASSET_REDEEM;
    }

    @Override
    public List<Nested<Approval>> nested() {
      return approvals;
    }
  }

  /** The payer pays. */
  record Transfer(AccountId to, Amount amount, String reference) implements Operation {
    @Override
    public Purpose purpose() {
      return Purpose.TRANSFER;
    }
  }

  /** The payer sets money aside for a payee. */
  record PlaceHold(AccountId to, Amount amount, long expiresMillis, String reference)
      implements Operation {
    @Override
    public Purpose purpose() {
      return Purpose.HOLD;
    }
  }

  /**
   * The payee takes money out of a hold.
   *
   * @param amount minor units of the hold's asset
   * @param last whether the rest of the hold is freed
   */
  record Capture(Position hold, long amount, boolean last) implements Operation {
    @Override
    public Purpose purpose() {
      return Purpose.CAPTURE;
    }
  }

  /** The payee frees what is left of a hold. */
  record Release(Position hold) implements Operation {
    @Override
    public Purpose purpose() {
      return Purpose.RELEASE;
    }
  }

  /**
   * The payee of a payment gives money back.
   *
   * @param amount minor units of the payment's asset
   */
  record Refund(long amount, PaymentProof payment) implements Operation {
    @Override
    public Purpose purpose() {
      return Purpose.REFUND;
    }
  }

  /**
   * The payee charges what a payer's mandate lets it.
   *
   * @param amount minor units of the mandate's asset
   */
  record ChargeMandate(long amount, Nested<Mandate> mandate, String reference)
      implements Operation {
    @Override
    public Purpose purpose() {
      return Purpose.MANDATE_CHARGE;
    }

    @Override
    public List<Nested<Mandate>> nested() {
      return List.of(mandate);
    }
  }

  /** Approvers settle a merchant's day: what is paid out is redeemed. */
  record Settle(Settlement settlement, List<Nested<Settlement>> approvals) implements Operation {
    public Settle {
      approvals = List.copyOf(approvals);
    }

    @Override
    public Purpose purpose() {
      return Purpose.SETTLE;
    }

    @Override
    public List<Nested<Settlement>> nested() {
      return approvals;
    }
  }

  /**
   * Approvers take back a payout that the bank rejected or returned.
   *
   * @param reason why, such as the bank's reason code
   */
  record VoidPayout(SettlementProof proof, String reason, List<Nested<VoidApproval>> approvals)
      implements Operation {
    public VoidPayout {
      approvals = List.copyOf(approvals);
    }

    @Override
    public Purpose purpose() {
      return Purpose.SETTLEMENT_VOID;
    }

    @Override
    public List<Nested<VoidApproval>> nested() {
      return approvals;
    }
  }

  /** Approvers set the rules of an asset, from a block time on. */
  record SetAssetRules(RulesApproval words, List<Nested<RulesApproval>> approvals)
      implements Operation {
    public SetAssetRules {
      approvals = List.copyOf(approvals);
    }

    @Override
    public Purpose purpose() {
      return Purpose.ASSET_RULES;
    }

    @Override
    public List<Nested<RulesApproval>> nested() {
      return approvals;
    }
  }

  /** Operators say what an account is. */
  record SetAttributes(AttributesApproval words, List<Nested<AttributesApproval>> approvals)
      implements Operation {
    public SetAttributes {
      approvals = List.copyOf(approvals);
    }

    @Override
    public Purpose purpose() {
      return Purpose.ACCOUNT_ATTRIBUTES;
    }

    @Override
    public List<Nested<AttributesApproval>> nested() {
      return approvals;
    }
  }

  /**
   * An approver collects what expired long ago.
   *
   * @param accounts the persons from whom it is collected, ascending
   */
  record Sweep(AssetCode asset, List<AccountId> accounts) implements Operation {
    /** The most accounts of one collection. */
    public static final int MOST_ACCOUNTS = 500;

    public Sweep {
      accounts = List.copyOf(accounts);
    }

    @Override
    public Purpose purpose() {
      return Purpose.ASSET_SWEEP;
    }
  }

  /**
   * The payer pays with several assets at once.
   *
   * @param price what the legs come to, in the coin that they count in
   * @param legs points, then vouchers, then the coin
   * @param earn what a programme of earning gives the payer for the coins
   */
  record Pay(AccountId to, Amount price, List<Amount> legs, Optional<Grant> earn, String reference)
      implements Operation {
    /** The most assets in one payment. */
    public static final int MOST_LEGS = 8;

    public Pay {
      legs = List.copyOf(legs);
    }

    @Override
    public Purpose purpose() {
      return Purpose.PAY;
    }
  }

  /** The owner of a fund offers a programme, to which approvers of the asset agree. */
  record SetProgramme(ProgrammeApproval words, List<Nested<ProgrammeApproval>> approvals)
      implements Operation {
    public SetProgramme {
      approvals = List.copyOf(approvals);
    }

    @Override
    public Purpose purpose() {
      return Purpose.PROGRAMME_SET;
    }

    @Override
    public List<Nested<ProgrammeApproval>> nested() {
      return approvals;
    }
  }

  /** The owner of a fund rewards a person. */
  record Reward(AccountId to, Grant grant, String reference) implements Operation {
    @Override
    public Purpose purpose() {
      return Purpose.REWARD;
    }
  }

  /**
   * A person buys a lot of a sale.
   *
   * @param price what the person was shown
   */
  record Buy(ProgrammeCode programme, Amount price) implements Operation {
    @Override
    public Purpose purpose() {
      return Purpose.SALE_BUY;
    }
  }
}
