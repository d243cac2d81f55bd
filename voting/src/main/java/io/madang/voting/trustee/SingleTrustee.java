package io.madang.voting.trustee;

import io.madang.voting.group.Element;
import io.madang.voting.group.Group;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/** A trustee without whom nothing is decrypted. */
record SingleTrustee(TrusteeKey key) implements TrusteeParty {
  @Override
  public List<Element> members() {
    return List.of(key.publicKey());
  }

  @Override
  public Element electionKeyPart() {
    return key.publicKey();
  }

  @Override
  public Optional<List<Exponent>> exponents(Group group, NavigableMap<Integer, ?> owners) {
    return owners.isEmpty()
        ? Optional.empty()
        : Optional.of(List.of(new Exponent(1, group.scalars().one())));
  }

  @Override
  public String recordJson() {
    return "[\"Single\"," + key.json() + "]";
  }
}
