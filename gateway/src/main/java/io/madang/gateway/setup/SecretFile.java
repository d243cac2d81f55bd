package io.madang.gateway.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/** 32 secret bytes in a file that only its owner can read: one line of base64url. */
final class SecretFile {
  static final int LENGTH = 32;

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

  private SecretFile() {}

  /** Makes a new secret; never replaces one. */
  static byte[] create(Path file, SecureRandom random) throws IOException {
    var secret = new byte[LENGTH];
    random.nextBytes(secret);
    write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + "\n");
    return secret;
  }

  /** Writes a text that is secret; never replaces one. */
  static void write(Path file, String text) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text, StandardCharsets.US_ASCII, StandardOpenOption.SYNC);
  }

  /** Reads a secret, and refuses one that others could have read. */
  static byte[] read(Path file) throws IOException {
    for (var permission : Files.getPosixFilePermissions(file)) {
      if (OTHERS.contains(permission)) {
        throw new IOException(
            file + " can be read by others than its owner; run: chmod 600 " + file);
      }
    }
    var secret = decode(Files.readString(file, StandardCharsets.US_ASCII).strip(), file);
    if (secret.length != LENGTH) {
      throw new IOException(file + " does not hold a secret of 32 bytes");
    }
    return secret;
  }

  private static byte[] decode(String text, Path file) throws IOException {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      throw new IOException(file + " does not hold base64url", notBase64);
    }
  }
}
