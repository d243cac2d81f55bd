package io.madang.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The image and the compose file name only what there is; each rule is shown to bite. */
class DockerFilesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path FOLDER = ROOT.resolve("docker/one-machine");
  private static Checkout checkout = new Checkout(ROOT, java.util.Set.of(), java.util.Set.of());
  private static String dockerfile = "";
  private static String compose = "";
  private static String environment = "";

  @BeforeAll
  static void read() throws IOException {
    checkout = Checkout.read(ROOT);
    dockerfile = Files.readString(ROOT.resolve("docker/Dockerfile"));
    compose = Files.readString(FOLDER.resolve("compose.yaml"));
    environment = Files.readString(FOLDER.resolve("madang.env.example"));
  }

  private static List<String> faultsOf(String newDockerfile, String newCompose, String newExample) {
    var exposed = new ArrayList<String>();
    var faults = new ArrayList<>(Dockerfile.faults(newDockerfile, checkout, exposed));
    faults.addAll(ComposeFile.faults(newCompose, checkout, FOLDER, exposed));
    faults.addAll(ComposeFile.faultsOfEnvironment(newExample, checkout));
    return faults;
  }

  @Test
  void are_all_read() throws IOException {
    try (var files = Files.walk(ROOT.resolve("docker"))) {
      assertThat(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> ROOT.resolve("docker").relativize(file).toString())
                  // What an operator wrote is not ours to judge.
                  .filter(file -> !file.endsWith("madang.env") && !file.endsWith("-password")))
          .containsExactlyInAnyOrder(
              "Dockerfile", "one-machine/compose.yaml", "one-machine/madang.env.example");
    }
    assertThat(checkout.routes()).contains("/health/live").hasSizeGreaterThan(30);
    assertThat(checkout.settings()).contains("MADANG_DATA", "MADANG_DATABASE_URL");
  }

  @Test
  void name_only_what_there_is() {
    assertThat(faultsOf(dockerfile, compose, environment)).isEmpty();
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "EXPOSE 8080 | EXPOZE 8080 | no known instruction",
        "COPY . . | COPY ./sources . | not in the checkout: ./sources",
        "/src/gateway/target/lib | /src/gateway/target/libs | not made by an earlier stage",
        "gateway-0.1.0.jar ./ | gateway-9.9.9.jar ./ | not made by an earlier stage",
        "--from=build | --from=builder | neither an earlier stage nor pinned",
        "node:22-slim | node:latest | neither an earlier stage nor pinned",
        "temurin:25-jre | temurin | not pinned to a version: eclipse-temurin",
        "USER madang | USER root | runs as root",
        "MADANG_HOST=0.0.0.0 | MADANG_HOTS=0.0.0.0 | no setting of the program: MADANG_HOTS",
        "/health/live HTTP | /healthy HTTP | a health check of no route: /healthy",
        "/dev/tcp/127.0.0.1/8080 | /dev/tcp/127.0.0.1/80 | a port that is not exposed: 80",
        "io.madang.gateway.Main | io.madang.Main | no such class: io.madang.Main",
        "CMD [\"serve\"] | CMD [serve] | not a JSON array of texts",
        "ENTRYPOINT [ | CMD [ | the last stage starts nothing"
      })
  void a_fault_in_the_dockerfile_is_found(String part, String altered, String fault) {
    assertThat(dockerfile).contains(part);
    assertThat(faultsOf(dockerfile.replace(part, altered), compose, environment))
        .anySatisfy(found -> assertThat(found).contains(fault));
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "services: | `services: [` | not YAML",
        "services: | servises: | no known key: servises",
        "restart: | restarts: | no known key: restarts",
        "postgres:17 | postgres:latest | not pinned to a version",
        "docker/Dockerfile | docker/Dockerfiles | not in the checkout",
        "context: ../.. | context: .. | not in the checkout",
        "POSTGRES_PASSWORD_FILE: /run/secrets/database-password | POSTGRES_PASSWORD: madang | a secret that everybody knows",
        "madang@database | madang:madang@database | a secret that everybody knows",
        "MADANG_DATABASE_URL | MADANG_DATABASE | no setting of the program",
        "gateway:/var/lib/madang | data:/var/lib/madang | no such volume: data",
        "gateway:/var/lib/madang | ./data:/var/lib/madang | not in the checkout",
        "127.0.0.1:8080:8080 | 8080:8080 | published to everybody",
        "127.0.0.1:8080:8080 | 127.0.0.1:8080:80 | the image does not expose 80",
        "`healthcheck:` | `x-healthcheck:` | which has no check",
        "pg_isready -U madang -d madang | curl http://gateway:8080/ping | a health check of no route",
        "file: ./database-password | file: ./password | could be committed",
        "env_file: madang.env | env_file: settings.env | would be sent to the builder"
      })
  void a_fault_in_the_compose_file_is_found(String part, String altered, String fault) {
    assertThat(compose).contains(part);
    assertThat(faultsOf(dockerfile, compose.replace(part, altered), environment))
        .anySatisfy(found -> assertThat(found).contains(fault));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "MADANG_PUBLIC_ULR=https://pay.example.kr | no setting of the program",
        "MADANG_PUBLIC_URL | not NAME=value",
        "POSTGRES_PASSWORD=madang | a secret that everybody knows"
      })
  void a_fault_in_the_example_of_settings_is_found(String line, String fault) {
    assertThat(faultsOf(dockerfile, compose, environment + line + "\n"))
        .singleElement()
        .satisfies(found -> assertThat(found).contains(fault));
  }
}
