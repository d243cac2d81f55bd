package io.madang.gateway.command.election;

import io.madang.voting.group.Randomness;
import java.security.SecureRandom;

/** Where the commands' secrets come from: the operating system. */
final class Secrets {
  static final Randomness RANDOMNESS = new SecureRandom()::nextBytes;

  private Secrets() {}
}
