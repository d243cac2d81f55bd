package io.madang.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows between the modules, and the purity of the core. */
class ArchitectureTest {
  private static final String[] PURE = {
    "io.madang.chain..", "io.madang.ledger..", "io.madang.payment..", "io.madang.voting.."
  };

  private static final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.madang");

  @Test
  void sees_the_production_classes() {
    // Without this floor, a wrong import path would make every rule below pass on nothing.
    assertThat(classes.size()).isGreaterThan(150);
    for (var part :
        List.of("chain", "ledger", "payment", "pos", "serial", "vending", "voting", "gateway")) {
      assertThat(classes.that(resideInAnyPackage("io.madang." + part + "..")))
          .as(part)
          .hasSizeGreaterThan(10);
    }
  }

  @Test
  void chain_knows_no_other_module() {
    noClasses()
        .that()
        .resideInAPackage("io.madang.chain..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.madang.ledger..",
            "io.madang.payment..",
            "io.madang.voting..",
            "io.madang.gateway..")
        .because("the chain records transactions without knowing what they mean")
        .check(classes);
  }

  @Test
  void ledger_knows_only_the_chain() {
    noClasses()
        .that()
        .resideInAPackage("io.madang.ledger..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.madang.payment..", "io.madang.voting..", "io.madang.gateway..")
        .because("arrows point one way: payment -> ledger -> chain")
        .check(classes);
  }

  @Test
  void payment_does_not_know_the_gateway() {
    noClasses()
        .that()
        .resideInAPackage("io.madang.payment..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.madang.voting..", "io.madang.gateway..")
        .because("the rules of payment hold whatever adapter runs them")
        .check(classes);
  }

  @Test
  void serial_knows_no_other_module() {
    noClasses()
        .that()
        .resideInAPackage("io.madang.serial..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.madang..").and(not(resideInAPackage("io.madang.serial.."))))
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("io.vertx..")
        .because("a line carries bytes and does not ask what they mean")
        .check(classes);
  }

  @Test
  void pos_device_knows_lines_codes_and_nothing_of_the_gateway() {
    noClasses()
        .that()
        .resideInAPackage("io.madang.pos..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.madang..")
                .and(
                    not(
                        resideInAnyPackage(
                            "io.madang.pos..",
                            "io.madang.serial..",
                            "io.madang.payment",
                            "io.madang.payment.qr..",
                            "io.madang.ledger",
                            "io.madang.chain"))))
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("io.vertx..")
        .because("an agent beside a till reaches the ledger through a port")
        .check(classes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.Thread",
        "java.nio.file.Path",
        "java.time.InstantSource",
        "java.util.Random",
        "java.util.concurrent.Executor",
        "io.madang.serial.SerialLink"
      })
  void the_machines_of_a_till_have_no_clock_line_or_thread(String type) {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.madang.pos.link..",
            "io.madang.pos.iso8583..",
            "io.madang.pos.printer..",
            "io.madang.pos.scanner..",
            "io.madang.pos.terminal..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(type)
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .because("two thousand purchases are simulated on a clock of their own")
        .check(classes);
  }

  @Test
  void the_vending_driver_knows_only_the_line() {
    noClasses()
        .that()
        .resideInAPackage("io.madang.vending..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.madang..")
                .and(not(resideInAnyPackage("io.madang.vending..", "io.madang.serial.."))))
        .because("a small computer in a machine runs it, and the gateway is behind a port")
        .check(classes);
  }

  @Test
  void what_a_machine_says_and_what_a_sale_costs_is_decided_without_clock_line_or_disk() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.madang.vending.machine..",
            "io.madang.vending.mdb..",
            "io.madang.vending.sale..",
            "io.madang.vending.text..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io",
            "java.nio.file..",
            "java.nio.channels..",
            "java.util.concurrent..",
            "io.vertx..",
            "io.madang.vending.agent..",
            "io.madang.vending.journal..",
            "jssc..")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .because("every exchange can be replayed byte for byte")
        .check(classes);
  }

  @Test
  void voting_knows_only_the_chain() {
    noClasses()
        .that()
        .resideInAPackage("io.madang.voting..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.madang.ledger..", "io.madang.payment..", "io.madang.gateway..")
        .because("money and votes never meet")
        .check(classes);
  }

  @Test
  void the_core_stands_on_the_language_and_on_bouncy_castle_alone() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat(
            not(
                resideInAnyPackage(
                    "io.madang.chain..",
                    "io.madang.ledger..",
                    "io.madang.payment..",
                    "io.madang.voting..",
                    "java.lang..",
                    "java.util..",
                    "java.math..",
                    "java.nio",
                    "java.nio.charset..",
                    "java.io",
                    "java.text",
                    "java.time..",
                    "java.security..",
                    "javax.xml.stream..",
                    "org.bouncycastle..",
                    "org.jspecify..",
                    "")))
        .because("whoever reads the core learns the business without meeting a socket")
        .check(classes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.io.File",
        "java.io.InputStream",
        "java.io.OutputStream",
        "java.io.Reader",
        "java.io.Writer",
        "java.lang.Thread",
        "java.lang.foreign.Linker",
        "java.lang.ProcessBuilder",
        "java.security.SecureRandom",
        "java.util.Random",
        "java.util.UUID",
        "java.util.Timer",
        "java.util.concurrent.Executor",
        "java.util.concurrent.CompletableFuture",
        "java.util.concurrent.ThreadLocalRandom",
        "java.util.Scanner",
        "java.util.Date",
        "java.util.Calendar"
      })
  void the_core_has_no_input_output_threads_or_chance(String type) {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .and()
        // The parser of the bank's files takes a text from nothing but a reader (decisions/0017).
        .doNotHaveFullyQualifiedName("io.madang.payment.iso20022.XmlReading")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(type)
        .because("the state machine replays to the same state on every machine")
        .check(classes);
  }

  @Test
  void the_core_reads_no_clock_locale_or_default_time_zone() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .callMethod(java.util.Locale.class, "getDefault")
        .orShould()
        .callMethod(java.time.ZoneId.class, "systemDefault")
        .orShould()
        .callMethod(String.class, "toLowerCase")
        .orShould()
        .callMethod(String.class, "toUpperCase")
        .orShould()
        .callMethod(String.class, "getBytes")
        .orShould()
        .callMethod(System.class, "getProperty", String.class)
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .because("time, place and language come in as arguments")
        .check(classes);
  }

  @Test
  void xml_is_read_in_one_place_and_from_memory_only() {
    noClasses()
        .that()
        .resideInAPackage("io.madang..")
        .and()
        .doNotHaveFullyQualifiedName("io.madang.payment.iso20022.XmlReading")
        .and()
        // The sample bank reads our payout files with another reader, so that ours does not judge
        // itself; it is handed nobody else's.
        .doNotHaveFullyQualifiedName("io.madang.gateway.settlement.SamplePayoutBank")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("javax.xml..")
        .because("one place sets the parser's limits")
        .check(classes);
    noClasses()
        .that()
        .haveFullyQualifiedName("io.madang.payment.iso20022.XmlReading")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(java.io.InputStream.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.io.File.class)
        .because("it reads bytes that it was given")
        .check(classes);
  }

  @ParameterizedTest
  @ValueSource(classes = {double.class, float.class, Double.class, Float.class})
  void the_core_has_no_floating_point(Class<?> type) {
    fields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAnyPackage(PURE)
        .should()
        .notHaveRawType(type)
        .because("money is whole minor units")
        .check(classes);
    methods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAnyPackage(PURE)
        .should()
        .notHaveRawReturnType(type)
        .because("money is whole minor units")
        .check(classes);
  }

  @Test
  void signatures_are_verified_in_one_place() {
    noClasses()
        .that()
        .resideInAPackage("io.madang..")
        .and()
        .resideOutsideOfPackages("io.madang.chain.crypto..", "io.madang.gateway.audit..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.security.Signature")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("org.bouncycastle.math.ec.rfc8032..")
        .because("two libraries accept different signatures; consensus has one rule (threats F6)")
        .check(classes);
  }

  @Test
  void the_gateway_reaches_postgresql_through_one_client() {
    noClasses()
        .that()
        .resideInAPackage("io.madang.gateway..")
        .and()
        .resideOutsideOfPackage("io.madang.gateway.database..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..")
        .because("the event loop never blocks; JDBC is for migrations alone")
        .check(classes);
  }

  @Test
  void packages_have_no_cycles() {
    // The entrance hands over to the command line, which knows every part: no cycle of meaning.
    slices()
        .matching("io.madang.(**)")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(
            io.madang.gateway.Main.class, io.madang.gateway.command.MadangCommand.class)
        .check(classes);
  }
}
