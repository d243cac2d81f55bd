package io.madang.ledger;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.chain.PublicKey;
import io.madang.chain.state.RowForm;
import io.madang.chain.state.RowReader;
import io.madang.chain.state.RowWriter;
import io.madang.ledger.Rows.AccountBalance;
import io.madang.ledger.Rows.BankReference;
import io.madang.ledger.Rows.BlockResults;
import io.madang.ledger.Rows.BlockUses;
import io.madang.ledger.Rows.GroupResults;
import io.madang.ledger.Rows.Meta;
import io.madang.ledger.Rows.Placed;
import io.madang.ledger.Rows.Refunded;
import io.madang.ledger.Rows.RulesOfAsset;
import io.madang.ledger.Rows.Settled;
import io.madang.ledger.Rows.Usage;
import io.madang.ledger.Rows.Use;
import io.madang.ledger.Rows.UsedId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The stored form of each kind of row. Changing one changes the state hash of every chain. */
final class RowForms {
  private RowForms() {}

  private static RowWriter account(RowWriter to, AccountId id) {
    return to.fixed(id.high()).fixed(id.low());
  }

  private static AccountId account(RowReader from) {
    return new AccountId(from.fixed(), from.fixed());
  }

  /** 0 is no limit; other numbers are one more than the limit. */
  private static void writeLimit(long limit, RowWriter to) {
    to.number(limit == Limits.UNLIMITED ? 0 : limit + 1);
  }

  private static long readLimit(RowReader from) {
    long number = from.number();
    return number == 0 ? Limits.UNLIMITED : number - 1;
  }

  static final class OfMeta implements RowForm<Meta> {
    private static final int VERSION = 2;

    @Override
    public void write(Meta row, RowWriter to) {
      to.number(VERSION).text(row.chain()).number(row.dayOffsetMillis());
    }

    @Override
    public Meta read(RowReader from) {
      if (from.number() != VERSION) {
        throw new IllegalStateException("the state was written in another version's form");
      }
      return new Meta(from.text(), from.number());
    }
  }

  static final class OfAccount implements RowForm<Account> {
    @Override
    public void write(Account row, RowWriter to) {
      account(to, row.id()).text(row.kind().toString()).flag(row.enroller());
      writeLimit(row.limits().perPayment(), to);
      writeLimit(row.limits().perDay(), to);
      writeLimit(row.limits().heldAtOnce(), to);
      to.number(row.keys().size());
      for (var key : row.keys()) {
        to.bytes(key.key().bytes());
        to.text(key.label()).number(key.expiresMillis()).flag(key.revoked());
      }
    }

    /** The length tells the algorithm. */
    private static PublicKey readKey(RowReader from) {
      var bytes = from.bytes();
      for (var algorithm : PublicKey.Algorithm.values()) {
        if (algorithm.byteLength() == bytes.length) {
          return PublicKey.of(algorithm, bytes);
        }
      }
      throw new IllegalStateException("a key in the row has " + bytes.length + " bytes");
    }

    @Override
    public Account read(RowReader from) {
      var id = account(from);
      var kind = known(AccountKind.parse(from.text()));
      boolean enroller = from.flag();
      var limits = new Limits(readLimit(from), readLimit(from), readLimit(from));
      int count = from.smallNumber();
      var keys = new ArrayList<AccountKey>();
      for (int i = 0; i < count; i++) {
        keys.add(new AccountKey(readKey(from), from.text(), from.number(), from.flag()));
      }
      return new Account(id, kind, enroller, limits, keys);
    }
  }

  static final class OfBalance implements RowForm<AccountBalance> {
    @Override
    public void write(AccountBalance row, RowWriter to) {
      to.number(row.account()).number(row.asset()).number(row.available()).number(row.held());
      to.number(row.day()).number(row.spent());
    }

    @Override
    public AccountBalance read(RowReader from) {
      return new AccountBalance(
          from.smallNumber(),
          from.smallNumber(),
          from.number(),
          from.number(),
          from.number(),
          from.number());
    }
  }

  static final class OfHold implements RowForm<Hold> {
    @Override
    public void write(Hold row, RowWriter to) {
      writePosition(row.position(), to);
      account(account(to, row.payer()), row.payee()).text(row.asset().value());
      to.number(row.amount()).number(row.remaining()).number(row.expiresMillis());
      to.number(row.day()).text(row.reference());
    }

    @Override
    public Hold read(RowReader from) {
      return new Hold(
          readPosition(from),
          account(from),
          account(from),
          new AssetCode(from.text()),
          from.number(),
          from.number(),
          from.number(),
          from.number(),
          from.text());
    }
  }

  static final class OfAsset implements RowForm<Asset> {
    @Override
    public void write(Asset row, RowWriter to) {
      to.text(row.code().value()).text(row.kind().toString()).number(row.scale());
      to.number(row.approvers().size());
      for (var approver : row.approvers()) {
        account(to, approver);
      }
      to.number(row.threshold()).number(row.issued()).number(row.redeemed());
    }

    @Override
    public Asset read(RowReader from) {
      var code = new AssetCode(from.text());
      var kind = known(AssetKind.parse(from.text()));
      int scale = from.smallNumber();
      int count = from.smallNumber();
      var approvers = new ArrayList<AccountId>();
      for (int i = 0; i < count; i++) {
        approvers.add(account(from));
      }
      return new Asset(
          code, kind, scale, approvers, from.smallNumber(), from.number(), from.number());
    }
  }

  static final class OfBankReference implements RowForm<BankReference> {
    @Override
    public void write(BankReference row, RowWriter to) {
      to.number(row.asset()).flag(row.redeemed()).text(row.reference());
    }

    @Override
    public BankReference read(RowReader from) {
      return new BankReference(from.smallNumber(), from.flag(), from.text());
    }
  }

  static final class OfBlockUses implements RowForm<BlockUses> {
    @Override
    public void write(BlockUses row, RowWriter to) {
      to.number(row.height()).number(row.lastValidUntilMillis()).number(row.uses().size());
      for (var use : row.uses()) {
        to.fixed(use.id().accountHigh()).fixed(use.id().accountLow());
        to.fixed(use.id().idHigh()).fixed(use.id().idLow());
        to.fixed(use.statement().bytes()).number(use.position().index()).bytes(use.data());
      }
    }

    @Override
    public BlockUses read(RowReader from) {
      long height = from.number();
      long lastValidUntilMillis = from.number();
      int count = from.smallNumber();
      var uses = new ArrayList<Use>();
      for (int i = 0; i < count; i++) {
        var id = new UsedId(from.fixed(), from.fixed(), from.fixed(), from.fixed());
        var statement = Hash.of(from.fixed(Hash.LENGTH));
        uses.add(new Use(id, statement, new Position(height, from.smallNumber()), from.bytes()));
      }
      return new BlockUses(height, lastValidUntilMillis, uses);
    }
  }

  static final class OfGroupResults implements RowForm<GroupResults> {
    @Override
    public void write(GroupResults row, RowWriter to) {
      to.number(row.group()).number(row.lastTimeMillis()).number(row.blocks().size());
      for (var block : row.blocks()) {
        to.number(block.height()).number(block.total()).fixed(block.root().bytes());
      }
    }

    @Override
    public GroupResults read(RowReader from) {
      long group = from.number();
      long lastTimeMillis = from.number();
      int count = from.smallNumber();
      var blocks = new ArrayList<BlockResults>();
      for (int i = 0; i < count; i++) {
        blocks.add(
            new BlockResults(from.number(), from.smallNumber(), Hash.of(from.fixed(Hash.LENGTH))));
      }
      return new GroupResults(group, lastTimeMillis, blocks);
    }
  }

  static final class OfRefunded implements RowForm<Refunded> {
    @Override
    public void write(Refunded row, RowWriter to) {
      writePosition(row.payment(), to);
      to.number(row.amount()).number(row.refunded());
    }

    @Override
    public Refunded read(RowReader from) {
      return new Refunded(readPosition(from), from.number(), from.number());
    }
  }

  static final class OfSettled implements RowForm<Settled> {
    @Override
    public void write(Settled row, RowWriter to) {
      to.number(row.account()).number(row.asset()).number(row.day()).number(row.attempt());
      to.flag(row.voided()).flag(row.carried() < 0).number(Math.absExact(row.carried()));
    }

    @Override
    public Settled read(RowReader from) {
      return new Settled(
          from.smallNumber(),
          from.smallNumber(),
          from.number(),
          from.smallNumber(),
          from.flag(),
          readSigned(from));
    }

    private static long readSigned(RowReader from) {
      boolean negative = from.flag();
      long size = from.number();
      if (negative && size == 0) {
        throw new IllegalStateException("zero in the row has a sign");
      }
      return negative ? -size : size;
    }
  }

  static final class OfPlaced implements RowForm<Placed> {
    @Override
    public void write(Placed row, RowWriter to) {
      to.number(row.account());
      to.text(row.attributes().category()).text(row.attributes().region());
    }

    @Override
    public Placed read(RowReader from) {
      return new Placed(from.smallNumber(), new Attributes(from.text(), from.text()));
    }
  }

  static final class OfRulesOfAsset implements RowForm<RulesOfAsset> {
    @Override
    public void write(RulesOfAsset row, RowWriter to) {
      to.number(row.asset()).number(row.schedule().size());
      for (var next : row.schedule()) {
        to.number(next.version()).number(next.fromMillis());
        writeRules(next.rules(), to);
      }
    }

    private static void writeRules(AssetRules rules, RowWriter to) {
      to.flag(rules.expiredTo().isPresent());
      rules.expiredTo().ifPresent(account -> account(to.number(rules.expiresMillis()), account));
      writeTexts(rules.categories(), to);
      writeTexts(rules.regions(), to);
      to.flag(rules.gifts());
      writeLimit(rules.perPayment(), to);
      writeLimit(rules.perDay(), to);
      writeLimit(rules.holdingCap(), to);
      to.flag(rules.forWon());
    }

    private static void writeTexts(List<String> texts, RowWriter to) {
      to.number(texts.size());
      texts.forEach(to::text);
    }

    @Override
    public RulesOfAsset read(RowReader from) {
      int asset = from.smallNumber();
      int count = from.smallNumber();
      var schedule = new ArrayList<ScheduledRules>();
      for (int i = 0; i < count; i++) {
        schedule.add(new ScheduledRules(from.number(), from.number(), readRules(from)));
      }
      return new RulesOfAsset(asset, schedule);
    }

    private static AssetRules readRules(RowReader from) {
      boolean expires = from.flag();
      return new AssetRules(
          expires ? from.number() : AssetRules.NEVER,
          expires ? Optional.of(account(from)) : Optional.empty(),
          readTexts(from),
          readTexts(from),
          from.flag(),
          readLimit(from),
          readLimit(from),
          readLimit(from),
          from.flag());
    }

    private static List<String> readTexts(RowReader from) {
      int count = from.smallNumber();
      var texts = new ArrayList<String>();
      for (int i = 0; i < count; i++) {
        texts.add(from.text());
      }
      return texts;
    }
  }

  static final class OfProgramme implements RowForm<Programme> {
    @Override
    public void write(Programme row, RowWriter to) {
      to.text(row.code().value()).text(row.kind().toString());
      account(to, row.fund()).text(row.asset().value());
      to.number(row.given()).number(row.version()).number(row.terms().size());
      for (var terms : row.terms()) {
        to.number(terms.fromMillis()).number(terms.untilMillis()).number(terms.rate());
        to.number(terms.amount()).flag(terms.price().isPresent());
        terms.price().ifPresent(price -> to.number(price.minorUnits()).text(price.asset().value()));
        to.number(terms.perPerson()).number(terms.periodDays()).number(terms.total());
      }
    }

    @Override
    public Programme read(RowReader from) {
      var code = new ProgrammeCode(from.text());
      var kind = known(ProgrammeKind.parse(from.text()));
      var fund = account(from);
      var asset = new AssetCode(from.text());
      long given = from.number();
      long version = from.number();
      int count = from.smallNumber();
      var terms = new ArrayList<ProgrammeTerms>();
      for (int i = 0; i < count; i++) {
        terms.add(
            new ProgrammeTerms(
                from.number(),
                from.number(),
                from.smallNumber(),
                from.number(),
                from.flag()
                    ? Optional.of(new Amount(from.number(), new AssetCode(from.text())))
                    : Optional.empty(),
                from.number(),
                from.smallNumber(),
                from.number()));
      }
      return new Programme(code, kind, fund, asset, given, version, terms);
    }
  }

  static final class OfUsage implements RowForm<Usage> {
    @Override
    public void write(Usage row, RowWriter to) {
      to.number(row.programme()).number(row.account()).number(row.period()).number(row.given());
    }

    @Override
    public Usage read(RowReader from) {
      return new Usage(from.smallNumber(), from.smallNumber(), from.number(), from.number());
    }
  }

  private static <T> T known(Optional<T> named) {
    return named.orElseThrow(() -> new IllegalStateException("a name in the row is unknown"));
  }

  private static void writePosition(Position position, RowWriter to) {
    to.number(position.height()).number(position.index());
  }

  private static Position readPosition(RowReader from) {
    return new Position(from.number(), from.smallNumber());
  }
}
