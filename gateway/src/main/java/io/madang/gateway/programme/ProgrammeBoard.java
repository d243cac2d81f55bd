package io.madang.gateway.programme;

import io.madang.gateway.engine.Engine;
import io.madang.ledger.Asset;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Ledger;
import io.madang.ledger.Programme;
import io.madang.ledger.ProgrammeCode;
import io.madang.ledger.ScheduledRules;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What holds now, read from the ledger once for each block however many ask: on a sale's day
 * everybody asks how much is left, and the ledger has to sell meanwhile.
 */
public final class ProgrammeBoard {
  private final Engine<Ledger> engine;
  private final AtomicReference<Asked> last = new AtomicReference<>();

  /** Reads this engine's ledger. */
  public ProgrammeBoard(Engine<Ledger> engine) {
    this.engine = engine;
  }

  /**
   * What the ledger said after a block.
   *
   * @param rules of each asset, ascending by their times; none for an asset without rules
   * @param inFunds what each programme's fund has available of what it gives
   */
  public record Standing(
      List<Asset> assets,
      Map<AssetCode, List<ScheduledRules>> rules,
      List<Programme> programmes,
      Map<ProgrammeCode, Long> inFunds) {
    public Standing {
      assets = List.copyOf(assets);
      rules = Map.copyOf(rules);
      programmes = List.copyOf(programmes);
      inFunds = Map.copyOf(inFunds);
    }
  }

  private record Asked(long height, Future<Standing> standing) {}

  /** What holds after the last durable block, or one that came since. */
  public Future<Standing> now() {
    long height = engine.standing().height();
    var known = last.get();
    if (known != null && known.height() == height && !known.standing().failed()) {
      return known.standing();
    }
    var asked = new Asked(height, engine.ask(ProgrammeBoard::read));
    last.set(asked);
    return asked.standing();
  }

  private static Standing read(Ledger ledger) {
    var view = ledger.view();
    var assets = view.assets();
    var rules = new HashMap<AssetCode, List<ScheduledRules>>();
    assets.forEach(asset -> rules.put(asset.code(), view.rules(asset.code())));
    var programmes = new ArrayList<>(view.programmes());
    var inFunds = new HashMap<ProgrammeCode, Long>();
    for (var programme : programmes) {
      inFunds.put(programme.code(), view.balance(programme.fund(), programme.asset()).available());
    }
    return new Standing(assets, rules, programmes, inFunds);
  }
}
