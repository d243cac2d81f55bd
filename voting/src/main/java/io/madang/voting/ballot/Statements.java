package io.madang.voting.ballot;

import io.madang.voting.Election;
import io.madang.voting.Question;
import io.madang.voting.proof.Ciphertext;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The texts that a ballot's challenges begin with. Each names the election's fingerprint and the
 * credential, so a proof serves nobody else and no other election.
 */
final class Statements {
  private final String voter;

  Statements(Election election, String credential) {
    voter = election.fingerprint() + "|" + credential;
  }

  /** Of the proof that one choice is 0 or 1; {@code choice} is the text of its ciphertext. */
  String individual(String choice) {
    return "prove|" + voter + "|" + choice + "|";
  }

  /** Of the proof that an allowed number was chosen. */
  String overall(Question question, List<Ciphertext> choices, Ciphertext chosen) {
    return question.blank()
        ? "bproof1|" + answer(choices) + "|"
        : "prove|" + answer(choices) + "|" + chosen.text() + "|";
  }

  /** Of the proof that a blank vote chooses nothing else. */
  String blank(List<Ciphertext> choices) {
    return "bproof0|" + answer(choices) + "|";
  }

  private String answer(List<Ciphertext> choices) {
    return voter + "|" + choices.stream().map(Ciphertext::text).collect(Collectors.joining(","));
  }

  /** Of the credential's signature; the hash is that of the ballot without it. */
  static String signature(String hash) {
    return "sig|" + hash + "|";
  }
}
