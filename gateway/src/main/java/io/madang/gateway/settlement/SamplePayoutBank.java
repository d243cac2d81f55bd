package io.madang.gateway.settlement;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * The bank's side of a {@link FolderBank}, for demos and tests: takes files, pays or refuses, and
 * answers in its mood. It refuses a file whose name it has seen and a payout that it has paid, as
 * banks do, and remembers what it really paid. Not for two threads at once.
 */
public final class SamplePayoutBank {
  /** Accounts whose numbers end so are closed, that people can see what happens then. */
  public static final String CLOSED_ACCOUNT = "444";

  /** How the bank behaves. */
  public enum Mood {
    /** Pays, and says so in an answer, a notification and a statement. */
    PAYS,
    /** Refuses every second payout. */
    REFUSES_SOME,
    /** Refuses the whole file, without naming payouts. */
    REFUSES_ALL,
    /** Takes the file and says nothing until it is asked. */
    WAITS_FOR_QUESTIONS,
    /** Takes the file, pays, and never says anything. */
    IS_SILENT,
    /** Sends everything twice. */
    ANSWERS_TWICE,
    /** Sends the statement before the answer. */
    BOOKS_BEFORE_IT_ANSWERS,
    /** Books one won too much. */
    BOOKS_WRONG_AMOUNTS,
    /** Books payouts that nobody asked for, too. */
    NAMES_UNKNOWN_PAYOUTS,
    /** Sends files that nobody can read, too. */
    SENDS_GARBAGE,
    /** Pays, and sends the money back later. */
    RETURNS_LATER,
    /** Leaves the file where it is. */
    IS_CLOSED
  }

  private final Path outbox;
  private final Path inbox;
  private final Path taken;
  private final String account;
  private final Map<String, Long> paid = new TreeMap<>();
  private final Map<String, Long> returned = new TreeMap<>();

  /** Every movement on the account by its reference; what went out is negative. */
  private final Map<String, Long> book = new TreeMap<>();

  private final Set<String> files = new HashSet<>();
  private final List<Order> silent = new ArrayList<>();
  private final long opening;
  private int made;
  private Mood mood = Mood.PAYS;

  /** One payout in a file. */
  private record Order(String file, String id, long won, String creditor) {
    boolean isToClosedAccount() {
      return creditor.endsWith(CLOSED_ACCOUNT);
    }
  }

  /**
   * A bank at this folder.
   *
   * @param account the number of the account that pays
   */
  public SamplePayoutBank(Path folder, String account) throws IOException {
    this(folder, account, 1_000_000_000_000L);
  }

  /**
   * A bank at this folder, which goes on with the book that it kept there.
   *
   * @param account the number of the account that pays
   * @param opening what was on it before anything moved, in won
   */
  public SamplePayoutBank(Path folder, String account, long opening) throws IOException {
    this.outbox = folder.resolve("outbox");
    this.inbox = folder.resolve("inbox");
    this.taken = folder.resolve("bank");
    this.account = account;
    this.opening = opening;
    for (var one : List.of(outbox, inbox, taken)) {
      Files.createDirectories(one);
    }
    if (Files.exists(bookFile())) {
      for (var line : Files.readAllLines(bookFile())) {
        int gap = line.indexOf(' ');
        book.put(line.substring(gap + 1), Long.parseLong(line.substring(0, gap)));
      }
    }
  }

  private Path bookFile() {
    return taken.resolve("book.txt");
  }

  /** People put money in; the same reference again is the same deposit. */
  public void deposit(String reference, long won) {
    note("deposit " + reference, won);
  }

  private synchronized void note(String reference, long won) {
    if (book.putIfAbsent(reference, won) != null) return;
    try {
      Files.writeString(
          bookFile(),
          won + " " + reference + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private synchronized long balance() {
    return opening + book.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Somebody pays in by a transfer, and the bank tells so. The same reference again is told again,
   * but is the same money.
   *
   * @param reference the bank's own for this entry
   * @param payer who pays
   * @param words what they write beside it
   */
  public synchronized void payIn(
      String reference, long won, String payer, String words, LocalDate day) throws IOException {
    note("transfer " + reference, won);
    var xml = document("camt.054.001.08").append("<BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>");
    xml.append(id()).append("</MsgId><CreDtTm>2026-01-01T00:00:00Z</CreDtTm></GrpHdr><Ntfctn>");
    account(xml);
    xml.append("<Ntry><Amt Ccy=\"KRW\">").append(won).append("</Amt><CdtDbtInd>CRDT</CdtDbtInd>");
    xml.append("<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>").append(day).append("</Dt></BookgDt>");
    xml.append("<AcctSvcrRef>").append(escaped(reference)).append("</AcctSvcrRef><BkTxCd/>");
    xml.append("<NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>").append(escaped(payer));
    xml.append("</Nm></Pty></Dbtr></RltdPties><RmtInf><Ustrd>").append(escaped(words));
    xml.append("</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>");
    send("transfer", bytes(xml.append("</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>")));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Sends what a day ended with; call it before anything moves on the next one. */
  public void closeDay(LocalDate day) throws IOException {
    send("answer", statement(List.of(), balance(), day, _ -> {}));
  }

  /** Changes the bank's mood. */
  public void setMood(Mood newMood) {
    mood = newMood;
  }

  /** What it paid and did not take back, by payout id. */
  public Map<String, Long> paid() {
    var left = new TreeMap<>(paid);
    left.keySet().removeAll(returned.keySet());
    return left;
  }

  /** Works off the outbox once; whether anything was there. */
  public boolean work(LocalDate today) throws IOException {
    if (mood == Mood.IS_CLOSED) return false;
    List<Path> found;
    try (var list = Files.list(outbox)) {
      found = list.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList();
    }
    for (var file : found) {
      var name = file.getFileName().toString();
      var content = Files.readAllBytes(file);
      Files.move(file, taken.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      if (name.endsWith(".xml")) take(content, today);
      if (name.endsWith(".question.txt")) answer(today);
    }
    return !found.isEmpty();
  }

  private void take(byte[] content, LocalDate today) throws IOException {
    var orders = read(content);
    var file = orders.getFirst().file();
    if (!files.add(file)) {
      send("pain.002", status(file, List.of(), orders, "AM05"));
      return;
    }
    if (mood == Mood.REFUSES_ALL) {
      send("pain.002", wholeFile(file, "RJCT", "AG01"));
      return;
    }
    var good = new ArrayList<Order>();
    var bad = new ArrayList<Order>();
    for (var order : orders) {
      boolean refused =
          order.isToClosedAccount()
              || (mood == Mood.REFUSES_SOME && good.size() > bad.size())
              || paid.containsKey(order.id());
      (refused ? bad : good).add(order);
    }
    for (var order : good) {
      paid.put(order.id(), order.won());
      note("payout " + order.id(), -order.won());
    }
    if (mood == Mood.IS_SILENT) return;
    if (mood == Mood.WAITS_FOR_QUESTIONS) {
      silent.addAll(good);
      if (!bad.isEmpty()) send("pain.002", status(file, List.of(), bad, "AC04"));
      return;
    }
    tell(file, good, bad, today);
  }

  private void answer(LocalDate today) throws IOException {
    var byFile = new LinkedHashMap<String, List<Order>>();
    silent.forEach(one -> byFile.computeIfAbsent(one.file(), _ -> new ArrayList<>()).add(one));
    silent.clear();
    for (var entry : byFile.entrySet()) {
      tell(entry.getKey(), entry.getValue(), List.of(), today);
    }
  }

  private void tell(String file, List<Order> good, List<Order> bad, LocalDate today)
      throws IOException {
    var answers = new ArrayList<byte[]>();
    answers.add(status(file, good, bad, "AC04"));
    if (!good.isEmpty()) {
      long wrong = mood == Mood.BOOKS_WRONG_AMOUNTS ? 1 : 0;
      answers.add(notification(good, wrong, false, today));
      if (wrong == 0) answers.add(statement(file, good, today));
    }
    switch (mood) {
      case ANSWERS_TWICE -> answers.addAll(List.copyOf(answers));
      case BOOKS_BEFORE_IT_ANSWERS -> java.util.Collections.reverse(answers);
      case NAMES_UNKNOWN_PAYOUTS ->
          answers.add(
              notification(List.of(new Order(file, "f".repeat(32), 77, "0")), 0, false, today));
      case SENDS_GARBAGE -> {
        answers.add(1, "<Document>=1+1</Document>".getBytes(StandardCharsets.UTF_8));
        answers.add("이것은 XML이 아니에요".getBytes(StandardCharsets.UTF_8));
      }
      case RETURNS_LATER -> {
        for (var one : good) {
          returned.put(one.id(), one.won());
          note("return " + one.id(), one.won());
        }
        var back = notification(good, 0, true, today);
        answers.add(back);
        answers.add(back);
      }
      default -> {}
    }
    for (var one : answers) {
      send("answer", one);
    }
  }

  private synchronized void send(String kind, byte[] content) throws IOException {
    var name = "%06d-%s.xml".formatted(++made, kind);
    var unfinished = inbox.resolve("." + name);
    Files.write(unfinished, content);
    Files.move(unfinished, inbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private byte[] wholeFile(String file, String status, String reason) {
    var xml = statusHead(file);
    xml.append("<GrpSts>").append(status).append("</GrpSts><StsRsnInf><Rsn><Cd>").append(reason);
    return bytes(
        xml.append("</Cd></Rsn></StsRsnInf></OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>"));
  }

  private StringBuilder statusHead(String file) {
    var xml = document("pain.002.001.10").append("<CstmrPmtStsRpt><GrpHdr><MsgId>");
    xml.append(id()).append("</MsgId><CreDtTm>2026-01-01T00:00:00Z</CreDtTm></GrpHdr>");
    xml.append("<OrgnlGrpInfAndSts><OrgnlMsgId>").append(file);
    return xml.append("</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>");
  }

  private byte[] status(String file, List<Order> good, List<Order> bad, String reason) {
    var xml = statusHead(file).append("</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>");
    xml.append(file).append("</OrgnlPmtInfId>");
    for (var order : good) {
      xml.append("<TxInfAndSts><OrgnlEndToEndId>").append(order.id());
      xml.append("</OrgnlEndToEndId><TxSts>ACSC</TxSts></TxInfAndSts>");
    }
    for (var order : bad) {
      xml.append("<TxInfAndSts><OrgnlEndToEndId>").append(order.id());
      xml.append("</OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>").append(reason);
      xml.append("</Cd></Rsn></StsRsnInf></TxInfAndSts>");
    }
    return bytes(xml.append("</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"));
  }

  private byte[] notification(List<Order> orders, long wrong, boolean back, LocalDate today) {
    var xml = document("camt.054.001.08").append("<BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>");
    xml.append(id()).append("</MsgId><CreDtTm>2026-01-01T00:00:00Z</CreDtTm></GrpHdr><Ntfctn>");
    account(xml);
    for (var order : orders) {
      entry(xml, order, wrong, back, today);
    }
    return bytes(xml.append("</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"));
  }

  /** One booking for the whole file, when nothing of it was refused. */
  private byte[] statement(String file, List<Order> orders, LocalDate today) {
    long sum = orders.stream().mapToLong(Order::won).sum();
    return statement(
        orders,
        balance() + sum,
        today,
        xml -> {
          xml.append("<Ntry><Amt Ccy=\"KRW\">").append(sum);
          xml.append("</Amt><CdtDbtInd>DBIT</CdtDbtInd>");
          booked(xml, today).append("<NtryDtls><Btch><PmtInfId>").append(file);
          xml.append("</PmtInfId><NbOfTxs>").append(orders.size());
          xml.append("</NbOfTxs></Btch></NtryDtls></Ntry>");
        });
  }

  private byte[] statement(
      List<Order> orders, long before, LocalDate day, Consumer<StringBuilder> entries) {
    var xml = document("camt.053.001.08").append("<BkToCstmrStmt><GrpHdr><MsgId>");
    xml.append(id()).append("</MsgId><CreDtTm>2026-01-01T00:00:00Z</CreDtTm></GrpHdr><Stmt>");
    account(xml);
    balance(xml, "OPBD", before, day);
    balance(xml, "CLBD", before - orders.stream().mapToLong(Order::won).sum(), day);
    entries.accept(xml);
    return bytes(xml.append("</Stmt></BkToCstmrStmt></Document>"));
  }

  private static StringBuilder document(String message) {
    return new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"")
        .append("urn:iso:std:iso:20022:tech:xsd:")
        .append(message)
        .append("\">");
  }

  private synchronized String id() {
    return "BANK-" + ++made;
  }

  private void account(StringBuilder xml) {
    xml.append("<Id>").append(id()).append("</Id><Acct><Id><Othr><Id>").append(account);
    xml.append("</Id></Othr></Id></Acct>");
  }

  private static void balance(StringBuilder xml, String code, long won, LocalDate day) {
    xml.append("<Bal><Tp><CdOrPrtry><Cd>").append(code).append("</Cd></CdOrPrtry></Tp>");
    xml.append("<Amt Ccy=\"KRW\">").append(Math.abs(won)).append("</Amt><CdtDbtInd>");
    xml.append(won < 0 ? "DBIT" : "CRDT").append("</CdtDbtInd><Dt><Dt>");
    xml.append(day).append("</Dt></Dt></Bal>");
  }

  private static StringBuilder booked(StringBuilder xml, LocalDate day) {
    xml.append("<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>").append(day).append("</Dt></BookgDt>");
    return xml.append("<BkTxCd/>");
  }

  private static void entry(
      StringBuilder xml, Order order, long wrong, boolean back, LocalDate day) {
    xml.append("<Ntry><Amt Ccy=\"KRW\">").append(order.won() + wrong).append("</Amt><CdtDbtInd>");
    xml.append(back ? "CRDT" : "DBIT").append("</CdtDbtInd>");
    booked(xml, day).append("<NtryDtls><TxDtls><Refs><EndToEndId>").append(order.id());
    xml.append("</EndToEndId></Refs>");
    if (back) xml.append("<RtrInf><Rsn><Cd>AC06</Cd></Rsn></RtrInf>");
    xml.append("</TxDtls></NtryDtls></Ntry>");
  }

  private static byte[] bytes(StringBuilder xml) {
    return xml.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Reads a payout file with another reader than ours. */
  private static List<Order> read(byte[] content) throws IOException {
    try {
      var factory = DocumentBuilderFactory.newDefaultNSInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(content));
      var root = document.getDocumentElement();
      var file = text(root, "MsgId");
      var orders = new ArrayList<Order>();
      var lines = root.getElementsByTagNameNS("*", "CdtTrfTxInf");
      for (int i = 0; i < lines.getLength(); i++) {
        var line = (Element) lines.item(i);
        var creditor = (Element) line.getElementsByTagNameNS("*", "CdtrAcct").item(0);
        orders.add(
            new Order(
                file,
                text(line, "EndToEndId"),
                Long.parseLong(text(line, "InstdAmt")),
                text(creditor, "Id").strip()));
      }
      return orders;
    } catch (ParserConfigurationException | SAXException unreadable) {
      throw new IOException("not a payout file", unreadable);
    }
  }

  private static String text(Element element, String name) {
    return element.getElementsByTagNameNS("*", name).item(0).getTextContent();
  }
}
