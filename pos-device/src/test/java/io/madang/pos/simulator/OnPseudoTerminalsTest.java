package io.madang.pos.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.pos.agent.ByteDevice;
import io.madang.pos.agent.PrinterAgent;
import io.madang.pos.agent.ScannerAgent;
import io.madang.pos.agent.SerialDevice;
import io.madang.pos.agent.TerminalAgent;
import io.madang.pos.agent.TillAgent;
import io.madang.pos.iso8583.Iso8583Codec;
import io.madang.pos.journal.JournalFile;
import io.madang.pos.link.FrameProfile;
import io.madang.pos.printer.Paper;
import io.madang.pos.printer.PrintAction;
import io.madang.pos.printer.Receipts;
import io.madang.pos.scanner.AimIdentifier;
import io.madang.pos.scanner.Scan;
import io.madang.pos.terminal.TerminalId;
import io.madang.pos.terminal.TillNews;
import io.madang.serial.LineSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agents on real lines (jssc), against the devices that we ship. */
@Timeout(60)
class OnPseudoTerminalsTest {
  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  private static final TerminalId TILL = new TerminalId("TILL0001");
  private static final LineSettings LINE = LineSettings.of(115_200);

  @TempDir private Path folder;

  private static <T> T next(BlockingQueue<T> news) throws InterruptedException {
    return Objects.requireNonNull(news.poll(50, TimeUnit.SECONDS), "nothing came");
  }

  /** A device, and who made it. */
  private static <T> Function<Consumer<byte[]>, T> kept(
      AtomicReference<T> kept, Function<Consumer<byte[]>, T> maker) {
    return line -> {
      kept.set(maker.apply(line));
      return kept.get();
    };
  }

  @Test
  void a_till_buys_over_the_line_and_its_totals_agree() throws Exception {
    var ledger = new SampleLedger(10_000);
    var codec = new Iso8583Codec(Iso8583Codec.Bitmap.BINARY);
    var clock = InstantSource.system();
    var news = new LinkedBlockingQueue<TillNews>();
    var till = new AtomicReference<TillAgent>();
    try (var tillJournal = new JournalFile(folder.resolve("till.journal"));
        var journal = new JournalFile(folder.resolve("terminal.journal"));
        var port =
            new SimulatedDevice(
                folder.resolve("ttyTill"),
                kept(
                    till,
                    line ->
                        new TillAgent(
                            TILL,
                            "SINCHON COFFEE ",
                            SEOUL,
                            Duration.ofSeconds(30),
                            tillJournal,
                            FrameProfile.standard(),
                            codec,
                            clock,
                            line,
                            news::add)));
        var terminal =
            SerialDevice.open(
                port.path(),
                LINE,
                line ->
                    new TerminalAgent(
                        Set.of(TILL),
                        SEOUL,
                        journal,
                        ledger,
                        FrameProfile.standard(),
                        codec,
                        clock,
                        line))) {
      assertThat(terminal).isNotNull();
      // The line may not be open yet: then the sale is reversed, which is an end, too.
      long bought = 0;
      while (bought == 0) {
        till.get().purchase(4_500, "").join();
        if (next(news) instanceof TillNews.Approved(var _, var won, var _)) bought = won;
        else assertThat(next(news)).isInstanceOf(TillNews.Reversed.class);
      }
      assertThat(ledger.purseWon()).isEqualTo(5_500);
      till.get().purchase(9_000, "").join();
      assertThat(next(news)).isInstanceOf(TillNews.Refused.class);
      till.get().closeDay(LocalDate.now(SEOUL)).join();
      assertThat(next(news)).isInstanceOf(TillNews.DayClosed.class);
    }
  }

  @Test
  void a_scanned_code_arrives() throws Exception {
    var scanner = new AtomicReference<SimulatedScanner>();
    var scans = new LinkedBlockingQueue<Scan>();
    var opened = new LinkedBlockingQueue<Boolean>();
    try (var port =
            new SimulatedDevice(folder.resolve("ttyScan"), kept(scanner, SimulatedScanner::new));
        var agent =
            SerialDevice.open(
                port.path(), LINE, _ -> new Announcing(new ScannerAgent("", scans::add), opened))) {
      assertThat(agent).isNotNull();
      next(opened);
      scanner.get().scan("신촌 12345");
      assertThat(next(scans)).isEqualTo(new Scan.Read("신촌 12345", AimIdentifier.QR));
    }
  }

  /** Tells when its line is open. */
  private record Announcing(ScannerAgent agent, BlockingQueue<Boolean> openings)
      implements ByteDevice {
    @Override
    public void opened() {
      openings.add(true);
    }

    @Override
    public void received(byte[] bytes) {
      agent.received(bytes);
    }

    @Override
    public void lost() {
      agent.lost();
    }

    @Override
    public void close() {
      agent.close();
    }
  }

  @Test
  void a_receipt_waits_for_paper_and_then_lies_on_it() throws IOException, InterruptedException {
    var printer = new AtomicReference<SimulatedPrinter>();
    var agent = new AtomicReference<PrinterAgent>();
    var news = new LinkedBlockingQueue<PrintAction>();
    try (var journal = new JournalFile(folder.resolve("printer.journal"));
        var port =
            new SimulatedDevice(
                folder.resolve("ttyPrinter"),
                kept(printer, line -> new SimulatedPrinter(Paper.WIDE, line)));
        var device =
            SerialDevice.open(
                port.path(),
                LINE,
                kept(agent, line -> new PrinterAgent(journal, Paper.WIDE, line, news::add)))) {
      assertThat(device).isNotNull();
      printer.get().paperOut(true);
      agent.get().print(Receipts.of(7, "똠양꿍"), true);
      assertThat(next(news)).isInstanceOf(PrintAction.Stopped.class);
      printer.get().paperOut(false);
      var end = next(news);
      while (end instanceof PrintAction.Stopped) end = next(news);
      assertThat(end).isEqualTo(new PrintAction.Printed(7, false));
      assertThat(printer.get().lines()).contains("신촌 커피", "(drawn)", "(QR)");
      assertThat(printer.get().drawerOpenings()).isEqualTo(1);
      printer.get().tearOff(folder.resolve("paper.png"));
      assertThat(folder.resolve("paper.png")).isNotEmptyFile();
    }
  }
}
