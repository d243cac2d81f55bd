package io.madang.gateway.engine;

import io.madang.chain.SigningKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/**
 * The file with the member's private key: 64 hexadecimal digits, the Ed25519 seed (RFC 8032),
 * readable by its owner only.
 */
public final class MemberKeyFile {
  private static final int SEED_BYTES = 32;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private MemberKeyFile() {}

  /**
   * Reads the key, or makes one when there is no such file.
   *
   * @throws IOException when it cannot be read or written, when others may read it, or when it
   *     holds no key
   */
  public static SigningKey readOrMake(Path file) throws IOException {
    if (!Files.exists(file)) {
      make(file);
    }
    return read(file);
  }

  /**
   * Reads the key.
   *
   * @throws IOException when it cannot be read, when others may read it, or when it holds no key
   */
  public static SigningKey read(Path file) throws IOException {
    var permissions = Files.getPosixFilePermissions(file);
    if (!OWNER_ONLY.containsAll(permissions)) {
      throw new IOException(
          "Others may read the member key %s (%s): chmod 600 it, or replace the key"
              .formatted(file, PosixFilePermissions.toString(permissions)));
    }
    try {
      var seed = HexFormat.of().parseHex(Files.readString(file).strip());
      return SigningKey.ed25519(seed);
    } catch (IllegalArgumentException noKey) {
      throw new IOException("There is no Ed25519 seed in " + file, noKey);
    }
  }

  private static void make(Path file) throws IOException {
    var seed = new byte[SEED_BYTES];
    new SecureRandom().nextBytes(seed);
    // Written aside first: a crash half-way leaves no file that looks like a key and holds none.
    var unfinished = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(unfinished);
    Files.createFile(unfinished, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.writeString(unfinished, HexFormat.of().formatHex(seed) + "\n");
    try {
      // A link, unlike a move, never replaces a key that is there.
      Files.createLink(file, unfinished);
    } catch (FileAlreadyExistsException madeMeanwhile) {
      // The other one's key is as good.
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
