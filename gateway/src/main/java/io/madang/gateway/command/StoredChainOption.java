package io.madang.gateway.command;

import io.madang.gateway.database.Database;
import io.madang.gateway.database.EmbeddedPostgres;
import io.madang.gateway.engine.ChainArchive;
import io.madang.gateway.engine.Channel;
import io.madang.gateway.setup.DataFolder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which chain a command reads: that of a data folder, or of {@code MADANG_DATABASE_URL}. */
final class StoredChainOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:MADANG_DATA:-data/demo}",
      description =
          "The data folder whose database is read, unless MADANG_DATABASE_URL is set (MADANG_DATA; ${DEFAULT-VALUE}).")
  private Path data = Path.of("");

  @Option(
      names = "--channel",
      defaultValue = "payments",
      description = "Which chain: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private Channels channel = Channels.payments;

  /** The names of channels on the command line. */
  private enum Channels {
    payments(Channel.PAYMENTS),
    votes(Channel.VOTES);

    private final Channel channel;

    Channels(Channel channel) {
      this.channel = channel;
    }
  }

  Channel channel() {
    return channel.channel;
  }

  /** What a command does with the chain. */
  interface Work {
    int with(ChainArchive archive) throws IOException;
  }

  /** Opens the chain for the time of the work. */
  int read(Work work) throws IOException {
    var given = ServeCommand.database();
    try (var own = given.isPresent() ? null : EmbeddedPostgres.start(postgresFolder())) {
      var address = own == null ? given.orElseThrow() : own.address();
      var vertx = Vertx.vertx();
      try {
        var database = Database.open(vertx, address).await();
        try (var archive = ChainArchive.open(database, channel())) {
          return work.with(archive);
        }
      } finally {
        vertx.close().await();
      }
    }
  }

  private Path postgresFolder() throws IOException {
    return DataFolder.open(data).path().resolve("postgres");
  }
}
