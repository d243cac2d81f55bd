package io.madang.gateway.command.election;

import io.madang.gateway.payment.QrImages;
import io.madang.voting.ElectionId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A page to print and cut: for each voter the credential as text and as a code. It refers to
 * nothing outside itself, so no other computer learns a credential when it is opened.
 */
final class PrintSheet {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="ko">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>{title}</title>
      <style>
      body { font: 11pt/1.5 system-ui, "Noto Sans CJK KR", sans-serif; margin: 1rem; color: #000; background: #fff; }
      header { border: 2pt solid #000; padding: .75rem; margin-bottom: 1rem; }
      article { display: grid; grid-template-columns: 1fr 34mm; gap: 5mm; padding: 6mm 2mm; border-bottom: 1pt dashed #000; break-inside: avoid; }
      h1, h2, p { margin: 0 0 .4rem; }
      h1 { font-size: 14pt; }
      h2 { font-size: 12pt; overflow-wrap: anywhere; }
      code { font: 700 14pt/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
      svg { width: 34mm; height: 34mm; }
      small { display: block; }
      @media print { header { break-after: page; } }
      </style>
      </head>
      <body>
      <header>
      <h1>투표 자격증명 인쇄용 <span lang="en">/ Voting credentials, to print</span></h1>
      <p>이 문서를 가진 사람은 모든 유권자를 대신해 투표할 수 있습니다. 인쇄하여 각자에게 전달한 뒤 안전하게 보관하거나 삭제하세요.</p>
      <p lang="en">Whoever has this page can vote for everybody on it. Print it, hand each part to its voter, then lock the page away or delete it.</p>
      </header>
      """;

  private PrintSheet() {}

  static String html(ElectionId election, String title, List<Voter.Entitled> voters) {
    var heading = escaped(title.isEmpty() ? election.text() : title);
    return voters.stream()
        .map(voter -> part(election, heading, voter))
        .collect(Collectors.joining("", HEAD.replace("{title}", heading), "</body>\n</html>"));
  }

  private static String part(ElectionId election, String heading, Voter.Entitled entitled) {
    var voter = entitled.voter();
    var credential = entitled.credential().secretText();
    var weight =
        voter.weight() == 1
            ? ""
            : "<p>가중치 "
                + voter.weight()
                + " <span lang=\"en\">/ weight "
                + voter.weight()
                + "</span></p>";
    return """
        <article>
        <div>
        <h2>%s</h2>
        <p>%s</p>
        %s<p><code>%s</code></p>
        <small>이 자격증명으로 투표합니다. 다른 사람에게 알려 주지 마세요. 다시 투표하면 마지막 표만 집계됩니다.</small>
        <small lang="en">You vote with this credential. Show it to nobody. If you vote again, your last ballot counts.</small>
        <small>선거 <span lang="en">/ Election</span>: %s</small>
        </div>
        %s
        </article>
        """
        .formatted(
            escaped(voter.identity()),
            heading,
            weight,
            credential,
            election,
            QrImages.svg(credential));
  }

  private static String escaped(String text) {
    return Shown.text(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
