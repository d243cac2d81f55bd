package io.madang.vending.journal;

/** A journal says something that no power cut explains: a person must look before it sells on. */
public final class JournalDamagedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  JournalDamagedException(int line) {
    super("the journal is damaged at line " + line + ", and not at its end");
  }
}
