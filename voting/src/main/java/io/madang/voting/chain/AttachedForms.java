package io.madang.voting.chain;

import io.madang.chain.Hash;
import io.madang.chain.PublicKey;
import io.madang.chain.state.RowForm;
import io.madang.chain.state.RowReader;
import io.madang.chain.state.RowWriter;
import io.madang.voting.ElectionId;
import io.madang.voting.chain.AttachedRows.AttachedBallotRow;
import io.madang.voting.chain.AttachedRows.AttachedRow;
import io.madang.voting.chain.Rows.NumberKey;
import io.madang.voting.chain.VotingOperation.AttachedResult;
import io.madang.voting.chain.VotingOperation.AttachedTerms;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The stored form of attached elections. */
final class AttachedForms {
  private AttachedForms() {}

  static final class OfAttached implements RowForm<AttachedRow> {
    @Override
    public void write(AttachedRow row, RowWriter to) {
      to.text(row.id().text())
          .text(row.administrator().toString())
          .text(row.terms().key().toString());
      utf8(row.terms().titleEnglish(), to);
      utf8(row.terms().titleKorean(), to);
      to.number(row.terms().closesMillis())
          .text(row.stage().name())
          .fixed(row.head().hash().bytes())
          .number(row.hashes())
          .flag(row.result().isPresent());
      row.result()
          .ifPresent(
              result -> {
                to.fixed(result.hash().bytes());
                utf8(result.text(), to);
              });
    }

    @Override
    public AttachedRow read(RowReader from) {
      return new AttachedRow(
          new ElectionId(from.text()),
          PublicKey.parse(from.text()),
          new AttachedTerms(PublicKey.parse(from.text()), utf8(from), utf8(from), from.number()),
          Stage.valueOf(from.text()),
          new AttachedHead(hash(from)),
          from.number(),
          from.flag() ? Optional.of(new AttachedResult(hash(from), utf8(from))) : Optional.empty());
    }
  }

  static final class OfBallot implements RowForm<AttachedBallotRow> {
    @Override
    public void write(AttachedBallotRow row, RowWriter to) {
      to.number(row.key().election()).number(row.key().number()).fixed(row.hash().bytes());
    }

    @Override
    public AttachedBallotRow read(RowReader from) {
      return new AttachedBallotRow(
          new NumberKey(from.smallNumber(), from.smallNumber()), hash(from));
    }
  }

  private static Hash hash(RowReader from) {
    return Hash.of(from.fixed(Hash.LENGTH));
  }

  private static void utf8(String text, RowWriter to) {
    to.bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String utf8(RowReader from) {
    return new String(from.bytes(), StandardCharsets.UTF_8);
  }
}
