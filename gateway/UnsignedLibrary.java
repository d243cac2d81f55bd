import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * Takes the signature out of a library beside the program's jar.
 *
 * <p>The Java machine reads a signed jar's list of digests (BouncyCastle's has 800 kB) and checks
 * each class that it loads, which costs two seconds of processor time at every start, and nothing
 * is gained: it does not ask who signed. Maven has compared the download with its checksum.
 *
 * <p>Usage: {@code java UnsignedLibrary.java FOLDER NAME-PREFIX}
 */
final class UnsignedLibrary {
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  private UnsignedLibrary() {}

  public static void main(String[] arguments) throws IOException {
    try (var jars = Files.newDirectoryStream(Path.of(arguments[0]), arguments[1] + "*.jar")) {
      for (var jar : jars) {
        strip(jar);
      }
    }
  }

  private static void strip(Path path) throws IOException {
    var unsigned = path.resolveSibling(path.getFileName() + ".unsigned");
    // Not verifying: the signature is only thrown away.
    try (var jar = new JarFile(path.toFile(), false);
        var file = Files.newOutputStream(unsigned)) {
      if (jar.stream().noneMatch(entry -> isSignature(entry.getName()))) {
        Files.delete(unsigned);
        return;
      }
      copy(jar, file);
    }
    Files.move(unsigned, path, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void copy(JarFile jar, OutputStream file) throws IOException {
    // The sections of single entries hold nothing but their digests.
    var manifest = new Manifest();
    manifest.getMainAttributes().putAll(jar.getManifest().getMainAttributes());
    try (var out = new JarOutputStream(file, manifest)) {
      for (var entry : jar.stream().toList()) {
        if (entry.getName().equals(MANIFEST) || isSignature(entry.getName())) {
          continue;
        }
        var copied = new ZipEntry(entry.getName());
        copied.setTimeLocal(entry.getTimeLocal());
        out.putNextEntry(copied);
        jar.getInputStream(entry).transferTo(out);
        out.closeEntry();
      }
    }
  }

  private static boolean isSignature(String name) {
    var upper = name.toUpperCase(Locale.ROOT);
    return upper.startsWith("META-INF/")
        && upper.indexOf('/', "META-INF/".length()) < 0
        && (upper.endsWith(".SF")
            || upper.endsWith(".RSA")
            || upper.endsWith(".DSA")
            || upper.endsWith(".EC"));
  }
}
