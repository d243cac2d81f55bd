package io.madang.pos.simulator;

import io.madang.pos.agent.ByteDevice;
import io.madang.pos.printer.Paper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/** A receipt printer for a line that draws its paper. Safe for several threads. */
public final class SimulatedPrinter implements ByteDevice {
  private final PaperPrinter printer;
  private final Consumer<byte[]> line;

  public SimulatedPrinter(Paper paper, Consumer<byte[]> line) {
    printer = new PaperPrinter(paper);
    this.line = line;
  }

  @Override
  public void received(byte[] bytes) {
    byte[] answers;
    synchronized (printer) {
      answers = printer.print(bytes);
    }
    if (answers.length > 0) line.accept(answers);
  }

  @Override
  public void lost() {}

  @Override
  public void close() {}

  /** Tears off the paper and writes it as a PNG image. */
  public void tearOff(Path image) throws IOException {
    synchronized (printer) {
      ImageIO.write(printer.tearOff(), "png", image.toFile());
    }
  }

  /** What a person reads on the paper. */
  public List<String> lines() {
    synchronized (printer) {
      return printer.lines();
    }
  }

  public int drawerOpenings() {
    synchronized (printer) {
      return printer.drawerOpenings();
    }
  }

  public void paperOut(boolean out) {
    synchronized (printer) {
      printer.paperOut(out);
    }
  }

  public void coverOpen(boolean isOpen) {
    synchronized (printer) {
      printer.coverOpen(isOpen);
    }
  }
}
