package io.madang.gateway.command.election;

import io.madang.voting.record.Reading;
import io.madang.voting.record.RecordReader;
import io.madang.voting.trustee.TrusteeKey;
import io.madang.voting.trustee.Trustees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts together what the trustees published. Sees no secret. */
@Command(
    name = "trustees",
    description = {
      "Check what the trustees published and put it together: single ones, a threshold group, or",
      "both. Every single one and enough of the group will be needed for the result."
    },
    mixinStandardHelpOptions = true)
final class TrusteesCommand implements Callable<Integer> {
  private static final int MAX_KEY = 10_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--single",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Single trustees' public keys: trustee-public.json.")
  private List<Path> single = List.of();

  @Mixin private CeremonyFiles files = new CeremonyFiles();

  @Option(
      names = "--polynomial",
      paramLabel = "FILE",
      arity = "1..*",
      description = "The polynomial messages of all members, in the same order.")
  private List<Path> polynomials = List.of();

  @Option(
      names = "--member",
      paramLabel = "FILE",
      arity = "1..*",
      description = "What each member made last, in the same order: member-public.json.")
  private List<Path> answers = List.of();

  @Mixin private GroupOption group = new GroupOption();

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The trustees.")
  private Path file = Path.of("");

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    output.requireFree(file);
    var chosen = group.group();
    var keys = new ArrayList<TrusteeKey>();
    for (var key : single) {
      byte[] record = InputFile.record(key, MAX_KEY);
      keys.add(
          InputFile.accepted(
              key,
              Reading.of(
                  () ->
                      RecordReader.read(
                          record, MAX_KEY, reader -> TrusteeKey.read(reader, chosen)))));
    }
    List<String> groups = List.of();
    if (files.isGiven() || !polynomials.isEmpty() || !answers.isEmpty()) {
      var ceremony = files.ceremony(chosen);
      groups =
          List.of(
              InputFile.accepted(
                  "The ceremony",
                  ceremony.finish(
                      files.messages(polynomials, "--polynomial"),
                      files.messages(answers, "--member"))));
    }
    if (keys.isEmpty() && groups.isEmpty()) {
      throw new IOException("An election needs trustees; name their files.");
    }
    byte[] record = Trustees.toRecord(keys, groups);
    var trustees = InputFile.accepted("The trustees' record", Trustees.read(record, chosen));
    output.write(file, record);
    spec.commandLine().getOut().printf("%d trustees in %s.%n", trustees.count(), file);
    return 0;
  }
}
