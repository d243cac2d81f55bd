package io.madang.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Hash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The same blocks give the same state on every machine (threat F1). */
class ReplayTest {
  private static final int SEED = 11;
  private static final int BLOCKS = 150;

  /** Lives the history and prints the state hash after every height; run in a JVM of its own. */
  public static void main(String[] arguments) {
    System.out.println("locale " + Locale.getDefault() + ", zone " + TimeZone.getDefault().getID());
    new History(SEED).live(BLOCKS).forEach(System.out::println);
  }

  @Test
  void f1_another_jvm_with_other_settings_comes_to_the_same_hash_at_every_height()
      throws Exception {
    var here =
        new History(SEED).live(BLOCKS).stream().map(Hash::toString).collect(Collectors.toList());
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(
        List.of(
            "-Duser.language=tr",
            "-Duser.country=TR",
            "-Duser.timezone=Pacific/Apia",
            "-Dfile.encoding=ISO-8859-1",
            "-XX:+UseSerialGC",
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:hashCode=2",
            "-XX:ActiveProcessorCount=1",
            "-cp",
            classPath(),
            ReplayTest.class.getName()));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var there = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines();
    assertThat(there.filter(line -> !line.startsWith("WARNING")))
        .startsWith("locale tr_TR, zone Pacific/Apia")
        .endsWith(here.toArray(String[]::new))
        .hasSize(BLOCKS + 1);
    assertThat(process.waitFor()).isZero();
  }

  private static String classPath() {
    // Surefire may start us from a jar whose manifest names the class path.
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  @Test
  void f1_a_second_ledger_follows_the_blocks_hash_by_hash() {
    var world = new History(SEED).world();
    var history = new History(SEED + 1);
    history.live(60);
    var follower = new Ledger();
    var first = follower.initChain(World.CHAIN, World.START, World.genesis());
    assertThat(first).isNotEqualTo(world.ledger().standing().stateHash());
    var blocks = history.world().blocks();
    for (int i = 0; i < blocks.size(); i++) {
      assertThat(follower.finalizeBlock(blocks.get(i)))
          .isEqualTo(history.world().finalized().get(i));
      follower.commit();
    }
    assertThat(follower.standing()).isEqualTo(history.world().ledger().standing());
  }
}
