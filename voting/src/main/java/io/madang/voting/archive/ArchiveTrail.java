package io.madang.voting.archive;

import io.madang.voting.record.Reading;
import java.util.ArrayList;
import java.util.List;

/**
 * The chain of events of an archive, checked as a chain and no further: what it takes to compare
 * what several people were shown. Whether the ballots and counts in it are right is said by {@link
 * ArchiveVerifier}.
 */
public record ArchiveTrail(List<Link> links) {
  /**
   * An event.
   *
   * @param head its hash, 64 lower-case hexadecimal digits, which commits to all before it
   * @param content the hash of what it is about, such as a ballot; empty when there is none
   * @param ballot whether it is a ballot
   */
  public record Link(String head, String content, boolean ballot) {}

  public ArchiveTrail {
    links = List.copyOf(links);
  }

  /** Reads an archive from front to back. Never throws for anything in it. */
  public static Reading<ArchiveTrail> of(ArchiveSource archive) {
    return Reading.of(
        () -> {
          var reader = new ArchiveReader(archive);
          reader.begin();
          var links = new ArrayList<Link>();
          for (var next = reader.next(); next.isPresent(); next = reader.next()) {
            var event = next.get().event();
            links.add(
                new Link(
                    reader.head().orElseThrow(),
                    event.payload().orElse(""),
                    event.type() == EventType.BALLOT));
          }
          return new ArchiveTrail(links);
        });
  }

  /** How many events there are. */
  public int events() {
    return links.size();
  }

  /** The hashes of its ballots, in order. */
  public List<String> ballots() {
    return links.stream().filter(Link::ballot).map(Link::content).toList();
  }
}
