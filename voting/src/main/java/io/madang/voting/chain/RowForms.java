package io.madang.voting.chain;

import io.madang.chain.Bytes;
import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.chain.PublicKey;
import io.madang.chain.StatementId;
import io.madang.chain.state.RowForm;
import io.madang.chain.state.RowReader;
import io.madang.chain.state.RowWriter;
import io.madang.voting.ElectionId;
import io.madang.voting.Tracker;
import io.madang.voting.chain.Rows.BallotRow;
import io.madang.voting.chain.Rows.Counts;
import io.madang.voting.chain.Rows.DecryptionRow;
import io.madang.voting.chain.Rows.ElectionRow;
import io.madang.voting.chain.Rows.Meta;
import io.madang.voting.chain.Rows.NumberKey;
import io.madang.voting.chain.Rows.PartKey;
import io.madang.voting.chain.Rows.PartRow;
import io.madang.voting.chain.Rows.Parts;
import io.madang.voting.chain.Rows.TallyRow;
import io.madang.voting.chain.Rows.UseKey;
import io.madang.voting.chain.Rows.UseRow;
import io.madang.voting.group.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The stored form of each kind of row. Changing one changes the state hash of every chain. */
final class RowForms {
  private RowForms() {}

  static final class OfMeta implements RowForm<Meta> {
    private static final int VERSION = 1;

    @Override
    public void write(Meta row, RowWriter to) {
      to.number(VERSION).text(row.chain()).number(row.administrators().size());
      row.administrators().forEach(key -> to.text(key.toString()));
    }

    @Override
    public Meta read(RowReader from) {
      if (from.number() != VERSION) {
        throw new IllegalStateException("the state was written in another version's form");
      }
      return new Meta(from.text(), list(from, RowForms::key));
    }
  }

  static final class OfElection implements RowForm<ElectionRow> {
    @Override
    public void write(ElectionRow row, RowWriter to) {
      to.text(row.id().text()).text(row.administrator().toString()).text(row.stage().name());
      for (var kind : RecordKind.values()) {
        to.number(row.parts().count(kind));
      }
      to.number(row.parts().bytes()).flag(row.terms().isPresent());
      row.terms().ifPresent(terms -> terms(terms, to));
      to.text(row.head().hash()).number(row.head().events());
      to.number(row.counts().accepted())
          .number(row.counts().counted())
          .number(row.counts().weight())
          .bytes(row.result().toByteArray());
    }

    private static void terms(VotingOperation.Terms terms, RowWriter to) {
      to.number(terms.opensMillis())
          .number(terms.closesMillis())
          .number(terms.leastBallots())
          .fixed(terms.electionHash().bytes())
          .fixed(terms.trusteesHash().bytes())
          .fixed(terms.credentialsHash().bytes());
    }

    @Override
    public ElectionRow read(RowReader from) {
      return new ElectionRow(
          new ElectionId(from.text()),
          key(from),
          Stage.valueOf(from.text()),
          new Parts(from.smallNumber(), from.smallNumber(), from.smallNumber(), from.number()),
          from.flag() ? Optional.of(terms(from)) : Optional.empty(),
          new Head(from.text(), from.number()),
          new Counts(from.number(), from.number(), from.number()),
          Bytes.of(from.bytes()));
    }

    private static VotingOperation.Terms terms(RowReader from) {
      return new VotingOperation.Terms(
          from.number(), from.number(), from.number(), hash(from), hash(from), hash(from));
    }
  }

  static final class OfPart implements RowForm<PartRow> {
    @Override
    public void write(PartRow row, RowWriter to) {
      to.text(row.key().election().text())
          .text(row.key().kind().name())
          .number(row.key().index())
          .bytes(row.content().toByteArray());
    }

    @Override
    public PartRow read(RowReader from) {
      return new PartRow(
          new PartKey(
              new ElectionId(from.text()), RecordKind.valueOf(from.text()), from.smallNumber()),
          Bytes.of(from.bytes()));
    }
  }

  static final class OfTally implements RowForm<TallyRow> {
    @Override
    public void write(TallyRow row, RowWriter to) {
      to.number(row.election()).text(row.group().name()).bytes(row.tally().toRecord());
    }

    @Override
    public TallyRow read(RowReader from) {
      int election = from.smallNumber();
      var group = Group.named(from.text()).orElseThrow(IllegalStateException::new);
      return new TallyRow(election, group, Ciphertexts.read(Bytes.of(from.bytes()), group));
    }
  }

  static final class OfBallot implements RowForm<BallotRow> {
    @Override
    public void write(BallotRow row, RowWriter to) {
      to.number(row.election())
          .number(row.credential())
          .fixed(row.tracker().bytes())
          .number(row.ciphertexts().size());
      row.ciphertexts().forEach(hash -> to.fixed(hash.bytes()));
      to.bytes(row.answers().toByteArray());
    }

    @Override
    public BallotRow read(RowReader from) {
      return new BallotRow(
          from.smallNumber(),
          from.smallNumber(),
          Tracker.ofHash(from.fixed(Hash.LENGTH)),
          list(from, RowForms::hash),
          Bytes.of(from.bytes()));
    }
  }

  static final class OfDecryption implements RowForm<DecryptionRow> {
    @Override
    public void write(DecryptionRow row, RowWriter to) {
      to.number(row.key().election()).number(row.key().number()).bytes(row.record().toByteArray());
    }

    @Override
    public DecryptionRow read(RowReader from) {
      return new DecryptionRow(
          new NumberKey(from.smallNumber(), from.smallNumber()), Bytes.of(from.bytes()));
    }
  }

  static final class OfUse implements RowForm<UseRow> {
    @Override
    public void write(UseRow row, RowWriter to) {
      to.text(row.key().signer().toString())
          .text(row.key().id().hex())
          .fixed(row.statement().bytes())
          .number(row.position().height())
          .number(row.position().index())
          .number(row.validUntilMillis())
          .bytes(row.data().toByteArray());
    }

    @Override
    public UseRow read(RowReader from) {
      return new UseRow(
          new UseKey(key(from), new StatementId(from.text())),
          hash(from),
          new Position(from.number(), from.smallNumber()),
          from.number(),
          Bytes.of(from.bytes()));
    }
  }

  private static PublicKey key(RowReader from) {
    return PublicKey.parse(from.text());
  }

  private static Hash hash(RowReader from) {
    return Hash.of(from.fixed(Hash.LENGTH));
  }

  private static <T> List<T> list(RowReader from, Function<RowReader, T> item) {
    int size = from.smallNumber();
    var items = new ArrayList<T>();
    for (int i = 0; i < size; i++) {
      items.add(item.apply(from));
    }
    return items;
  }
}
