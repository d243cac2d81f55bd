package io.madang.voting.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.madang.chain.Seeds;
import io.madang.voting.Fixtures;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GroupTest {
  private static final BigInteger P =
      new BigInteger(Fixtures.json("vectors.json").at("/groups/BELENIOS-2048/p").asText());

  /** The larger group with another multiplication, which must make no difference. */
  private static final Group ACCELERATED =
      Groups.with(new BigIntegerMultiplication()).named("BELENIOS-2048").orElseThrow();

  static Stream<Group> groups() {
    return Stream.of(Group.belenios2048(), ACCELERATED, Group.ed25519());
  }

  @Test
  void elements_are_the_same_whatever_computes_them() {
    var random = Seeds.random(5);
    var plain = Group.belenios2048();
    var exponent = plain.scalars().random(random::nextBytes);
    var one = plain.generatorPowers().power(exponent);
    var other = ACCELERATED.generatorPowers().power(exponent);
    assertThat(other).isEqualTo(one).hasSameHashCodeAs(one).hasToString(one.text());
    assertThat(one.times(other)).isEqualTo(other.times(one)).isEqualTo(one.times(one));
    assertThat(other.dividedBy(one).isOne()).isTrue();
    assertThat(one.equals(other.times(other))).isFalse();
    assertThat(ACCELERATED).isEqualTo(plain).hasSameHashCodeAs(plain);
    assertThat(other.secretPower(exponent)).isEqualTo(one.power(exponent));
    assertThat(other.secretBase().secretPower(exponent)).isEqualTo(one.power(exponent));
  }

  static Stream<Arguments> groups_and_seeds() {
    return groups().flatMap(group -> Seeds.many().mapToObj(seed -> Arguments.of(group, seed)));
  }

  static List<JsonNode> exponentiations() {
    return Fixtures.vectors("exponentiation");
  }

  static List<JsonNode> invalid_points() {
    return Fixtures.vectors("ed25519_invalid");
  }

  private static Element member(Group group, String text) {
    return switch (group.decode(text)) {
      case Group.Decoding.Member(var element) -> element;
      case Group.Decoding.Refused(var fault) -> throw new AssertionError(fault);
    };
  }

  private static Element randomElement(Group group, RandomGenerator random) {
    return group.generatorPowers().power(group.scalars().random(random::nextBytes));
  }

  @ParameterizedTest
  @MethodSource("groups")
  void has_the_published_parameters(Group group) {
    var parameters = Fixtures.json("vectors.json").at("/groups/" + group.name());
    assertThat(group.scalars().order()).hasToString(parameters.get("q").asText());
    assertThat(group.generator().text()).isEqualTo(parameters.get("g").asText());
    assertThat(member(group, group.one().text()).isOne()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("exponentiations")
  void raises_the_generator_to_the_vectors_exponents_in_every_way(JsonNode vector) {
    var group = Group.named(vector.get("group").asText()).orElseThrow();
    var exponent = group.scalars().parse(vector.get("exponent").asText()).orElseThrow();
    var expected = vector.get("g^exponent").asText();

    assertThat(group.generator().power(exponent).text()).isEqualTo(expected);
    assertThat(group.generator().secretPower(exponent).text()).isEqualTo(expected);
    assertThat(group.generatorPowers().power(exponent).text()).isEqualTo(expected);
    assertThat(group.secretGeneratorPowers().secretPower(exponent).text()).isEqualTo(expected);
    assertThat(member(group, expected).text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("groups_and_seeds")
  void gives_the_same_power_in_every_way(Group group, long seed) {
    var random = Seeds.random(seed);
    var base = randomElement(group, random);
    var exponents =
        Stream.generate(() -> group.scalars().random(random::nextBytes)).limit(3).toList();
    var together =
        switch (group.parse(base.text())) {
          case Group.Parsing.Parsed(var candidate) ->
              candidate.powersIfMember(exponents).orElseThrow().powers();
          case Group.Parsing.Malformed(var fault) -> throw new AssertionError(fault);
        };
    for (int i = 0; i < exponents.size(); i++) {
      var power = base.secretPower(exponents.get(i));
      assertThat(together.get(i)).isEqualTo(power);
      assertThat(base.fixedBase().power(exponents.get(i))).isEqualTo(power);
      assertThat(base.secretBase().secretPower(exponents.get(i))).isEqualTo(power);
    }
  }

  @ParameterizedTest
  @MethodSource("groups_and_seeds")
  void writes_many_elements_as_it_writes_each(Group group, long seed) {
    var random = Seeds.random(seed);
    var elements =
        Stream.concat(
                Stream.of(group.one(), group.generator()),
                Stream.generate(() -> randomElement(group, random)).limit(random.nextInt(4)))
            .toList();

    assertThat(Element.texts(elements))
        .containsExactlyElementsOf(elements.stream().map(Element::text).toList());
    assertThat(Element.texts(List.of())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("groups_and_seeds")
  void obeys_the_laws_of_a_group(Group group, long seed) {
    var random = Seeds.random(seed);
    var a = randomElement(group, random);
    var b = randomElement(group, random);
    var x = group.scalars().random(random::nextBytes);
    var y = group.scalars().random(random::nextBytes);

    assertThat(a.times(b)).isEqualTo(b.times(a));
    assertThat(a.times(a.inverse()).isOne()).isTrue();
    assertThat(a.times(b).dividedBy(b)).isEqualTo(a);
    assertThat(a.times(group.one())).isEqualTo(a).hasSameHashCodeAs(a);
    assertThat(a.power(x.plus(y))).isEqualTo(a.power(x).times(a.power(y)));
    assertThat(a.power(x.times(y))).isEqualTo(a.power(x).power(y));
    assertThat(a.power(group.scalars().zero()).isOne()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("groups_and_seeds")
  void computes_scalars_as_whole_numbers_do(Group group, long seed) {
    var random = Seeds.random(seed);
    var field = group.scalars();
    var q = field.order();
    var some =
        new ArrayList<>(List.of(field.zero(), field.one(), field.of(q.subtract(BigInteger.ONE))));
    for (int i = 0; i < 5; i++) {
      some.add(field.random(random::nextBytes));
    }
    for (var a : some) {
      for (var b : some) {
        assertThat(a.plus(b).number()).isEqualTo(a.number().add(b.number()).mod(q));
        assertThat(a.minus(b).number()).isEqualTo(a.number().subtract(b.number()).mod(q));
        assertThat(a.times(b).number()).isEqualTo(a.number().multiply(b.number()).mod(q));
      }
      assertThat(a.negated().plus(a)).isEqualTo(field.zero());
      assertThat(field.parse(a.decimal())).contains(a);
    }
  }

  @ParameterizedTest
  @MethodSource("invalid_points")
  void refuses_the_published_invalid_points(JsonNode vector) {
    assertThat(Group.ed25519().decode(vector.get("hex").asText()))
        .as(vector.get("why").asText())
        .isInstanceOf(Group.Decoding.Refused.class);
  }

  /** Threats V4: order 2, 0, 1, p, x + p, negated elements. */
  @Test
  void v4_refuses_numbers_outside_the_subgroup() {
    var group = Group.belenios2048();
    var g = new BigInteger(group.generator().text());
    assertRefused(P.subtract(BigInteger.ONE).toString(), ElementFault.NOT_IN_THE_GROUP);
    assertRefused(P.subtract(g).toString(), ElementFault.NOT_IN_THE_GROUP);
    assertRefused("2", ElementFault.NOT_IN_THE_GROUP);
    assertRefused("0", ElementFault.OUT_OF_RANGE);
    assertRefused(P.toString(), ElementFault.OUT_OF_RANGE);
    assertRefused(g.add(P).toString(), ElementFault.OUT_OF_RANGE);
    for (var text : List.of("", "01", "-1", "+1", "1 ", "0x1", "１", "1e3")) {
      assertRefused(text, ElementFault.NOT_CANONICAL);
    }
    assertThat(group.decode("1")).isInstanceOf(Group.Decoding.Member.class);
  }

  @Test
  void refuses_upper_case_digits_of_a_point() {
    var group = Group.ed25519();
    var point = "c95c81b40c41366b2e62e68fec3c5fa4dbb93f0c3c242ac2fe7a07c0e0fd92fe";
    assertThat(group.decode(point)).isInstanceOf(Group.Decoding.Member.class);
    assertThat(group.decode(point.replace('c', 'C')))
        .isEqualTo(new Group.Decoding.Refused(ElementFault.NOT_CANONICAL));
  }

  @ParameterizedTest
  @MethodSource("groups")
  void reads_exponents_in_their_one_form_only(Group group) {
    var field = group.scalars();
    assertThat(field.parse(field.order().toString())).isEmpty();
    assertThat(field.parse(field.order().subtract(BigInteger.ONE).toString())).isPresent();
    for (var text : List.of("", "00", "-1", "1.0", "１", "9".repeat(79))) {
      assertThat(field.parse(text)).as(text).isEmpty();
    }
  }

  @Test
  void shows_no_scalar() {
    assertThat(Group.ed25519().scalars().of(12345)).hasToString("a scalar");
  }

  private static void assertRefused(String text, ElementFault fault) {
    assertThat(Group.belenios2048().decode(text)).isEqualTo(new Group.Decoding.Refused(fault));
  }
}
