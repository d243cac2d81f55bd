package io.madang.gateway.statement;

import io.madang.gateway.statement.PdfPage.Lettering;
import java.io.IOException;
import java.util.List;

/** Bars of what was received, upwards, and of what was given back, downwards. */
final class PdfChart {
  private static final float LABELS = 58;
  private static final float UNDER = 14;
  private static final int STEPS = 4;

  private final PdfPage page;
  private final Lettering label;
  private final Amounts amounts;

  PdfChart(PdfPage page, Lettering label, Amounts amounts) {
    this.page = page;
    this.label = label;
    this.amounts = amounts;
  }

  void draw(float x, float y, float width, float height, List<Bar> bars) throws IOException {
    long up = bars.stream().mapToLong(Bar::captures).max().orElse(0);
    long down = bars.stream().mapToLong(Bar::refunds).max().orElse(0);
    long step = niceStep(Math.max(1, Math.max(up, down)));
    long stepsUp = Math.max(1, Math.ceilDiv(up, step));
    long stepsDown = Math.ceilDiv(down, step);
    float inner = height - UNDER;
    float perStep = inner / (stepsUp + stepsDown);
    float zero = y + stepsUp * perStep;
    for (long at = -stepsDown; at <= stepsUp; at++) {
      float line = zero - at * perStep;
      page.rule(x + LABELS, line, width - LABELS, at == 0 ? 0.8f : 0.4f, PdfPage.LINE);
      page.textUntil(x + LABELS - 6, line + 2.5f, label, amounts.grouped(at * step));
    }
    float slot = (width - LABELS) / bars.size();
    int every = bars.size() == Bar.HOURS ? 3 : 5;
    for (int i = 0; i < bars.size(); i++) {
      var bar = bars.get(i);
      float left = x + LABELS + i * slot + slot * 0.16f;
      float thick = slot * 0.68f;
      float received = length(bar.captures(), step, perStep);
      float givenBack = length(bar.refunds(), step, perStep);
      if (received > 0) page.box(left, zero - received, thick, received, PdfPage.ACCENT);
      if (givenBack > 0) page.box(left, zero, thick, givenBack, PdfPage.CINNABAR);
      if (i % every == 0) {
        page.text(left, y + height, label, bar.at().substring(bar.at().length() - 2));
      }
    }
  }

  /** Half a point at least: what there is, is seen. */
  private static float length(long amount, long step, float perStep) {
    return amount == 0 ? 0 : Math.max(0.5f, (float) amount / step * perStep);
  }

  /** The least of 1, 2 and 5 times a power of ten of which four reach the greatest amount. */
  static long niceStep(long greatest) {
    long power = 1;
    while (true) {
      for (long factor : new long[] {1, 2, 5}) {
        long step = factor * power;
        if (Math.ceilDiv(greatest, step) <= STEPS) return step;
      }
      power = Math.multiplyExact(power, 10);
    }
  }
}
