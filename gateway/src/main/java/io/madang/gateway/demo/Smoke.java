package io.madang.gateway.demo;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.NotFoundException;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.madang.chain.Base64Url;
import io.madang.chain.Receipt;
import io.madang.chain.ReceiptReading;
import io.madang.chain.ReceiptVerification;
import io.madang.chain.SigningKey;
import io.madang.chain.TrustedMembers;
import io.madang.gateway.client.AdministratorClient;
import io.madang.gateway.client.GatewayClient;
import io.madang.gateway.client.WalletClient;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * Drives the main jobs of the running demo once, through the public API alone: charge, ask, scan,
 * pay, prove, refund; the close of yesterday; then an election from its draft to a verified result.
 * Prints one line for each step.
 */
public final class Smoke {
  private static final String ASSET = "S-COIN";

  private final GatewayClient anyone;
  private final PrintWriter out;
  private final Optional<Path> keep;
  private final SigningKey administrator;
  private final RolePrograms programs;
  private final String operatorKey;
  private final LocalDate yesterday;
  private int step;

  /**
   * A run against a gateway.
   *
   * @param address where it is reached
   * @param out where the steps are printed
   * @param keep the folder for what the run makes, when it is to be kept
   * @param administrator sets up an election
   * @param programs are started for registrar and trustees
   * @param operatorKey settles a day
   * @param yesterday the day that is settled
   */
  public Smoke(
      URI address,
      PrintWriter out,
      Optional<Path> keep,
      SigningKey administrator,
      RolePrograms programs,
      String operatorKey,
      LocalDate yesterday) {
    this.anyone = new GatewayClient(address);
    this.out = out;
    this.keep = keep;
    this.administrator = administrator;
    this.programs = programs;
    this.operatorKey = operatorKey;
    this.yesterday = yesterday;
  }

  /**
   * Runs all steps.
   *
   * @throws IllegalStateException when a step did not come out as it must
   */
  public void run() {
    purchase();
    var demo = anyone.get("/v1/demo");
    new SettlementSmoke(
            anyone.with(operatorKey),
            anyone.with(demo.getJsonObject("merchant").getString("apiKey")),
            demo.getJsonArray("operators").stream().map(Smoke::approver).toList(),
            yesterday,
            this::done,
            this::keep)
        .run();
    var office = AdministratorClient.signIn(anyone, administrator);
    new ElectionSmoke(anyone, office, programs, this::done, this::keep).run();
  }

  private static SigningKey approver(Object operator) {
    var secret = ((JsonObject) operator).getString("approverKey");
    return SigningKey.ed25519(Base64Url.decode(secret).orElseThrow());
  }

  private void purchase() {
    var till = anyone.with(anyone.get("/v1/demo").getJsonObject("merchant").getString("apiKey"));
    var members = anyone.bytes("/v1/members");
    keep("members.json", members);

    var wallet = WalletClient.open(anyone);
    done("a wallet made its key and opened account " + wallet.account());

    wallet.charge(ASSET, 10_000);
    expect(wallet.available(ASSET) == 10_000, "the wallet holds what was charged");
    done("the bank confirmed a deposit; two approvers issued 10,000 " + ASSET);

    var intent =
        till.post("/v1/intents", new JsonObject().put("amount", 4_500).put("asset", ASSET));
    var picture = till.bytes("/v1/intents/" + intent.getString("id") + "/qr.png");
    keep("intent-qr.png", picture);
    keep("intent-qr.svg", till.bytes("/v1/intents/" + intent.getString("id") + "/qr.svg"));
    done("the till asked for 4,500 and shows a QR");

    var scanned = scan(picture);
    expect(scanned.equals(intent.getString("qr")), "the picture says what the till asked");
    var payee = wallet.payee(scanned);
    done("the wallet scanned it: pay " + payee.getJsonObject("name").getString("ko"));

    var transfer =
        wallet.transfer(payee.getString("account"), ASSET, 4_500, intent.getString("id"));
    long before = System.nanoTime();
    var payment = wallet.submit(transfer);
    var took = Duration.ofNanos(System.nanoTime() - before);
    done("paid: final in block %s after %d ms".formatted(payment.position(), took.toMillis()));

    expect(
        wallet.submit(transfer).position().equals(payment.position()),
        "the same bytes again get the same answer");
    expect(wallet.available(ASSET) == 5_500, "no coin moved twice");
    done("sent again by mistake: the same answer, and no coin moved twice");

    var paid = awaitStatus(till, intent.getString("id"), "paid");
    expect(
        paid.getJsonObject("payment").getString("position").equals(payment.position()),
        "the till names the same payment");
    done("the till shows it as paid");

    proveReceipt("payment-receipt.json", payment.hash(), members);
    done("the receipt proves it offline, from the members' keys alone");

    var refund =
        till.post(
            "/v1/intents/" + intent.getString("id") + "/refunds",
            new JsonObject().put("amount", 1_500));
    expect(refund.getLong("refunded") == 1_500, "the refund is recorded");
    expect(wallet.available(ASSET) == 7_000, "the wallet has its 1,500 back");
    awaitStatus(till, intent.getString("id"), "partly-refunded");
    proveReceipt("refund-receipt.json", refund.getString("transaction"), members);
    done("the till gave 1,500 back; the wallet holds 7,000, and a receipt proves that too");
  }

  private void proveReceipt(String name, String hash, byte[] members) {
    var receipt = anyone.bytes("/v1/receipts/" + hash);
    keep(name, receipt);
    var proven =
        Receipt.read(receipt) instanceof ReceiptReading.Read(var read)
            && TrustedMembers.read(members) instanceof TrustedMembers.Reading.Read(var trusted)
            && read.verify(trusted) instanceof ReceiptVerification.Valid(var details)
            && details.transactionHash().toString().equals(hash);
    expect(proven, "the receipt of " + hash + " verifies");
  }

  private JsonObject awaitStatus(GatewayClient till, String intent, String status) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (true) {
      var now = till.get("/v1/intents/" + intent);
      if (now.getString("status").equals(status)) {
        return now;
      }
      expect(System.nanoTime() < deadline, "the intent becomes " + status);
      Thread.onSpinWait();
    }
  }

  /** Reads the QR from the picture, as a camera would. */
  private static String scan(byte[] picture) {
    try {
      var image = ImageIO.read(new ByteArrayInputStream(picture));
      var bitmap = new BinaryBitmap(new HybridBinarizer(new BufferedImageLuminanceSource(image)));
      return new QRCodeReader().decode(bitmap).getText();
    } catch (IOException
        | NotFoundException
        | com.google.zxing.ChecksumException
        | com.google.zxing.FormatException unreadable) {
      throw new IllegalStateException("the QR cannot be read", unreadable);
    }
  }

  private void done(String sentence) {
    step++;
    out.printf("  %2d  %s%n", step, sentence);
    out.flush();
  }

  static void expect(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalStateException("not so: " + sentence);
    }
  }

  private void keep(String name, byte[] content) {
    keep.ifPresent(
        folder -> {
          try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(name), content);
          } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot write to " + folder, unwritable);
          }
        });
  }
}
