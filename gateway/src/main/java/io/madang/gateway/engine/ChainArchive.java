package io.madang.gateway.engine;

import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonArray;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import io.madang.chain.json.JsonValue;
import io.madang.gateway.database.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads a stored chain from its beginning, also while an engine works on it. Blocking: for
 * commands, not for event loops.
 */
public final class ChainArchive implements AutoCloseable {
  private static final long BLOCKS_AT_ONCE = 64;
  private static final long STATEMENT_SECONDS = 60;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final Pool pool;
  private final BlockReader reader;
  private final Genesis genesis;
  private final long height;

  private ChainArchive(Pool pool, BlockReader reader, Genesis genesis, long height) {
    this.pool = pool;
    this.reader = reader;
    this.genesis = genesis;
    this.height = height;
  }

  /** Works off one block. */
  interface BlockWork {
    void accept(StoredBlock block) throws IOException;
  }

  /**
   * Opens the chain as it stands now; blocks that come later are not in the archive.
   *
   * @throws CorruptChainException when there is no chain or its genesis cannot be read
   */
  public static ChainArchive open(Database database, Channel channel) {
    var pool = database.pool(1, channel.schema());
    var reader = new BlockReader(database.vertx(), pool, hash -> Optional.empty());
    var document = await(pool.query("SELECT document FROM genesis").execute()).iterator();
    if (!document.hasNext()) {
      await(pool.close());
      throw new CorruptChainException(0, "this database does not hold " + channel.words());
    }
    var genesis = StoredChain.readGenesis(document.next().getBuffer(0).getBytes());
    long height =
        await(pool.query("SELECT height FROM standing").execute()).iterator().next().getLong(0);
    return new ChainArchive(pool, reader, genesis, height);
  }

  /** The chain's first document. */
  public Genesis genesis() {
    return genesis;
  }

  /** The height of the last block in the archive. */
  public long height() {
    return height;
  }

  /**
   * Writes the chain as JSON lines (formats, section 6), piece by piece.
   *
   * @throws CorruptChainException when a block is missing or does not match its checksum
   */
  public void export(OutputStream out) throws IOException {
    line(
        out,
        JsonObject.builder()
            .put("chain", genesis.chain())
            .put("format", "madang-export")
            .put("genesis", genesis.document())
            .put("members", genesis.membersFile())
            .build());
    forEach(block -> line(out, line(block)));
    out.flush();
  }

  /** Hands over every block from the first on. */
  void forEach(BlockWork work) throws IOException {
    for (long from = 1; from <= height; from += BLOCKS_AT_ONCE) {
      long to = Math.min(height, from + BLOCKS_AT_ONCE - 1);
      var blocks = await(reader.stored(from, to));
      for (int i = 0; i <= to - from; i++) {
        if (i >= blocks.size() || blocks.get(i).height() != from + i) {
          throw new CorruptChainException(from + i, "the block is missing");
        }
        work.accept(blocks.get(i));
      }
    }
  }

  @Override
  public void close() {
    await(pool.close());
  }

  private static JsonObject line(StoredBlock block) {
    var results =
        block.results().stream()
            .<JsonValue>map(result -> new JsonText(BASE64.encodeToString(result)))
            .toList();
    return JsonObject.builder()
        .put("block", BASE64.encodeToString(block.block()))
        .put("commit", BASE64.encodeToString(block.commit()))
        .put("height", block.height())
        .put("results", new JsonArray(results))
        .build();
  }

  private static void line(OutputStream out, JsonObject object) throws IOException {
    out.write(CanonicalJson.bytes(object));
    out.write("\n".getBytes(StandardCharsets.US_ASCII));
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(STATEMENT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new IllegalStateException("The database does not answer", late);
    }
  }
}
