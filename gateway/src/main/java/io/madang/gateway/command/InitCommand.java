package io.madang.gateway.command;

import io.madang.gateway.setup.DataFolder;
import io.madang.ledger.AssetKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sets up a data folder: fresh keys, a master secret and the chain's first document. */
@Command(
    name = "init",
    description = "Set up a data folder for a new chain, with fresh keys.",
    mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--data",
      defaultValue = "${env:MADANG_DATA:-data/madang}",
      description = "The folder (MADANG_DATA; ${DEFAULT-VALUE}).")
  private Path data = Path.of("");

  @Option(
      names = "--chain",
      required = true,
      defaultValue = "${env:MADANG_CHAIN}",
      description = "The chain's name: 1 to 40 of a-z, 0-9 and - (MADANG_CHAIN).")
  private String chain = "";

  @Option(
      names = "--asset",
      split = ",",
      defaultValue = "S-COIN",
      description = "Codes of the coins to begin with (${DEFAULT-VALUE}).")
  private List<String> assets = List.of();

  @Option(
      names = "--point",
      split = ",",
      description = "Codes of series of points, such as POINT-2026.")
  private List<String> points = List.of();

  @Option(
      names = "--voucher",
      split = ",",
      description = "Codes of series of vouchers, such as GIFT-1.")
  private List<String> vouchers = List.of();

  @Override
  public Integer call() throws IOException {
    var series = new ArrayList<DataFolder.Series>();
    assets.forEach(code -> series.add(new DataFolder.Series(code, AssetKind.COIN)));
    points.forEach(code -> series.add(new DataFolder.Series(code, AssetKind.POINT)));
    vouchers.forEach(code -> series.add(new DataFolder.Series(code, AssetKind.VOUCHER)));
    DataFolder.create(data, chain, series, false, Instant.now());
    var out = spec.commandLine().getOut();
    out.printf("Set up %s for chain %s.%n", data, chain);
    out.printf(
        "Publish %s: it is what a verifier of receipts trusts.%n", data.resolve("members.json"));
    out.printf(
        "The approvers' keys in %s belong to two people: move them off this machine and keep a copy.%n",
        data.resolve("keys"));
    out.printf(
        "The administrator's key in %s sets up elections: its owner opens the file in the page /administrator; move it too.%n",
        data.resolve("keys"));
    return 0;
  }
}
