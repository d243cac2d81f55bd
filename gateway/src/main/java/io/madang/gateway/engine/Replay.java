package io.madang.gateway.engine;

import io.madang.chain.Bytes;
import io.madang.chain.ChainApplication;
import io.madang.chain.ChainApplication.Admission.Admitted;
import io.madang.chain.ChainApplication.BlockRequest;
import io.madang.chain.Hash;
import io.madang.chain.SignatureVerdict;
import io.madang.chain.SignatureVerifier;
import io.madang.chain.TransactionResult;
import io.madang.chain.Verified;
import io.madang.chain.json.CanonicalJson;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rebuilds the state from the stored blocks and compares, at every height, the results and the
 * state hash with what was stored and signed.
 */
public final class Replay {
  private static final int KEPT_KEYS = 10_000;

  private Replay() {}

  /** What a replay finds. */
  public sealed interface Result {
    /**
     * Every height came out as stored.
     *
     * @param height the last one
     * @param transactions how many were executed again
     * @param stateHash after the last block
     */
    record Same(long height, long transactions, Hash stateHash) implements Result {}

    /**
     * A height came out differently; nothing after it was looked at.
     *
     * @param height the first such height, 0 for the genesis
     * @param detail what differs
     */
    record Different(long height, String detail) implements Result {}
  }

  /**
   * Replays a chain with an application that knows nothing yet.
   *
   * @throws CorruptChainException when a stored block cannot be read
   */
  public static <T extends ChainApplication.Candidate> Result replay(
      ChainArchive archive, ChainApplication<T> application) throws IOException {
    var run = new Run<>(application);
    run.begin(archive.genesis());
    try {
      archive.forEach(run::execute);
    } catch (DifferenceException difference) {
      return difference.different;
    }
    return new Result.Same(archive.height(), run.transactions, run.stateHash);
  }

  /** Ends the reading of blocks at the first difference. */
  private static final class DifferenceException extends RuntimeException {
    private final Result.Different different;

    DifferenceException(long height, String detail) {
      super("Height " + height + ": " + detail);
      this.different = new Result.Different(height, detail);
    }
  }

  private static final class Run<T extends ChainApplication.Candidate> {
    private final ChainApplication<T> application;
    private final SignatureVerifier verifier =
        new SignatureVerifier(new SecureRandom()::nextBytes, KEPT_KEYS);
    private Hash stateHash = Hash.sha256(new byte[0]);
    private long transactions;

    Run(ChainApplication<T> application) {
      this.application = application;
    }

    void begin(Genesis genesis) {
      stateHash =
          application.initChain(
              genesis.chain(),
              genesis.timeMillis(),
              CanonicalJson.bytes(genesis.applicationState()));
    }

    void execute(StoredBlock stored) {
      long height = stored.height();
      var block = BlockReader.block(stored);
      if (!block.header().appHash().equals(Bytes.of(stateHash))) {
        throw new DifferenceException(height, "the header has another state hash");
      }
      var request =
          new BlockRequest<>(height, stored.timeMillis(), verified(height, block.transactions()));
      var finalized = application.finalizeBlock(request);
      compare(height, stored.results(), finalized.results());
      application.commit();
      stateHash = finalized.stateHash();
      if (!stateHash.equals(stored.stateHash())) {
        throw new DifferenceException(height, "the state comes out differently");
      }
      transactions += block.transactions().size();
    }

    private List<Verified<T>> verified(long height, List<Bytes> transactions) {
      var candidates = new ArrayList<T>(transactions.size());
      for (int i = 0; i < transactions.size(); i++) {
        if (!(application.admit(transactions.get(i).toByteArray())
            instanceof Admitted<T>(var candidate))) {
          throw new DifferenceException(height, "transaction " + i + " is no transaction");
        }
        candidates.add(candidate);
      }
      var verified = new ArrayList<Verified<T>>(candidates.size());
      for (var verdict : verifier.verify(candidates)) {
        if (!(verdict instanceof SignatureVerdict.Right<T>(var right))) {
          throw new DifferenceException(
              height, "the signature of transaction " + verified.size() + " is wrong");
        }
        verified.add(right);
      }
      return verified;
    }

    private static void compare(
        long height, List<byte[]> stored, List<TransactionResult> replayed) {
      for (int i = 0; i < Math.max(stored.size(), replayed.size()); i++) {
        if (i >= stored.size()
            || i >= replayed.size()
            || !Arrays.equals(stored.get(i), replayed.get(i).encode())) {
          throw new DifferenceException(height, "the result of transaction " + i + " differs");
        }
      }
    }
  }
}
