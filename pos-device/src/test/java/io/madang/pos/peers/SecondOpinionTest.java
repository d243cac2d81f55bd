package io.madang.pos.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Bytes;
import io.madang.pos.iso8583.Iso8583Codec;
import io.madang.pos.iso8583.Iso8583Codec.Bitmap;
import io.madang.pos.iso8583.Iso8583Message;
import io.madang.pos.iso8583.Iso8583Reading;
import io.madang.pos.printer.EscPosWriter;
import io.madang.pos.printer.Paper;
import io.madang.pos.printer.PrintableText;
import io.madang.pos.simulator.PaperPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What parties that we did not write make of our bytes, and we of theirs. */
class SecondOpinionTest {
  private static final Map<Integer, String> BASE =
      Map.of(
          3, "000000",
          4, "000000004500",
          7, "1122030000",
          11, "000042",
          12, "120000",
          13, "1122",
          41, "TILL0001",
          42, "SINCHON COFFEE ",
          49, "410");

  /** One of each kind that our link carries. */
  private static final List<Iso8583Message> MESSAGES =
      List.of(
          Iso8583Message.of("0200", BASE).with(2, "9912345678901234567").with(22, "031"),
          Iso8583Message.of("0210", BASE)
              .with(15, "1122")
              .with(37, "REF000042000")
              .with(38, "000042")
              .with(39, "00"),
          Iso8583Message.of("0400", BASE).with(90, "0200000042" + "1122030000" + "0".repeat(22)),
          Iso8583Message.of("0410", BASE).with(39, "00"),
          Iso8583Message.of("0420", BASE).with(90, "0200000042" + "1122030000" + "0".repeat(22)),
          Iso8583Message.of("0430", BASE).with(39, "00"),
          settlement("0500"),
          settlement("0510").with(39, "95"),
          Iso8583Message.of("0800", Map.of(7, "1122030000", 11, "000001", 70, "301")),
          Iso8583Message.of("0810", Map.of(7, "1122030000", 11, "000001", 39, "00", 70, "301")));

  private final Iso8583Codec codec = new Iso8583Codec(Bitmap.BINARY);

  private static Iso8583Message settlement(String type) {
    return Iso8583Message.of(type, Map.of(7, "1122030000", 11, "000002", 15, "1122"))
        .with(74, "0000000000")
        .with(76, "0000000017")
        .with(77, "0000000001")
        .with(86, "0000000000000000")
        .with(88, "0000000000123400")
        .with(89, "0000000000000900")
        .with(97, "D0000000000122500");
  }

  @Test
  void an_iso_8583_library_of_others_reads_ours() throws Exception {
    var input =
        MESSAGES.stream()
            .map(message -> "read " + HexFormat.of().formatHex(codec.write(message).toByteArray()))
            .collect(Collectors.joining("\n", "", "\n"));
    var read = Peers.node("iso8583.mjs", input).lines().toList();
    assertThat(read).hasSameSizeAs(MESSAGES);
    for (int i = 0; i < MESSAGES.size(); i++) {
      assertThat(fields(read.get(i))).isEqualTo(expected(MESSAGES.get(i)));
    }
  }

  @Test
  void we_read_what_an_iso_8583_library_of_others_writes() throws Exception {
    var input =
        MESSAGES.stream()
            .map(message -> "write " + json(expected(message)))
            .collect(Collectors.joining("\n", "", "\n"));
    var written = Peers.node("iso8583.mjs", input).lines().toList();
    assertThat(written).hasSameSizeAs(MESSAGES);
    for (int i = 0; i < MESSAGES.size(); i++) {
      assertThat(codec.read(Bytes.parseHex(written.get(i))))
          .isEqualTo(new Iso8583Reading.Read(MESSAGES.get(i)));
    }
  }

  @Test
  void a_receipt_printer_library_of_others_writes_the_same_korean_bytes() throws Exception {
    var lines =
        List.of("신촌 커피", "사업자번호 120-81-47521", "아이스 아메리카노 9,000", "※ 감사합니다 ★", "합계 12,500원");
    byte[] theirs =
        HexFormat.of()
            .parseHex(Peers.node("receiptline.mjs", String.join("\n", lines) + "\n").strip());
    for (var line : lines) {
      var ours = new ByteArrayOutputStream();
      PrintableText.cells(line).forEach(cell -> ours.writeBytes(cell.code()));
      assertThat(HexFormat.of().formatHex(theirs))
          .as(line)
          .contains(HexFormat.of().formatHex(ours.toByteArray()));
    }
    // And our printer prints theirs as it prints ours.
    var printer = new PaperPrinter(Paper.MEDIUM);
    printer.print(theirs);
    assertThat(printer.lines()).containsSubsequence(lines);
  }

  @Test
  void zbar_reads_the_proof_on_the_paper(@TempDir Path folder) throws Exception {
    for (var paper : Paper.values()) {
      for (int length : new int[] {30, 60, 130, 300, 512}) {
        var proof = "https://madang.example/r#".concat("0123456789abcdef".repeat(32));
        var text = proof.substring(0, length);
        assertThat(scanned(paper, text, folder)).isEqualTo(text);
      }
      assertThat(scanned(paper, "영수증 ₩12,500", folder)).isEqualTo("영수증 ₩12,500");
    }
  }

  private static String scanned(Paper paper, String text, Path folder)
      throws IOException, InterruptedException {
    var printer = new PaperPrinter(paper);
    printer.print(
        new EscPosWriter()
            .reset()
            .align(EscPosWriter.Align.CENTRE)
            .line("위")
            .qr(text)
            .line("아래")
            .cut()
            .toByteArray());
    var image = folder.resolve("paper.png");
    ImageIO.write(printer.tearOff(), "png", image.toFile());
    return Peers.zbarimg(image).strip();
  }

  private static Map<String, String> expected(Iso8583Message message) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("0", message.type());
    message.fields().forEach((number, value) -> fields.put(number.toString(), value));
    return fields;
  }

  /** The library writes flat objects of texts only. */
  private static Map<String, String> fields(String json) {
    var fields = new LinkedHashMap<String, String>();
    var pairs = Pattern.compile("\"([0-9]+)\":\"([^\"]*)\"").matcher(json);
    while (pairs.find()) fields.put(pairs.group(1), pairs.group(2));
    fields.remove("1"); // The bitmap.
    return fields;
  }

  private static String json(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> "\"" + field.getKey() + "\":\"" + field.getValue() + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }
}
