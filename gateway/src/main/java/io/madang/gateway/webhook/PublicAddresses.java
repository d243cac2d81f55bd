package io.madang.gateway.webhook;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Which addresses are anybody's on the internet, and so no way into the network that this gateway
 * stands in: IANA's special-purpose registries for IPv4 and IPv6 (RFC 6890), multicast, and the
 * public address under which a cloud keeps its machines' metadata.
 */
final class PublicAddresses {
  private static final List<Block> SPECIAL =
      List.of(
          block("0.0.0.0", 8), // this network
          block("10.0.0.0", 8), // private
          block("100.64.0.0", 10), // shared by carriers' customers
          block("127.0.0.0", 8), // this machine
          block("168.63.129.16", 32), // metadata of Azure's machines
          block("169.254.0.0", 16), // link-local, most clouds' metadata
          block("172.16.0.0", 12), // private
          block("192.0.0.0", 24), // protocol assignments
          block("192.0.2.0", 24), // documentation
          block("192.88.99.0", 24), // 6to4 relays
          block("192.168.0.0", 16), // private
          block("198.18.0.0", 15), // benchmarks
          block("198.51.100.0", 24), // documentation
          block("203.0.113.0", 24), // documentation
          block("224.0.0.0", 3), // multicast, reserved, broadcast
          block("2001::", 23), // protocol assignments, Teredo
          block("2001:db8::", 32), // documentation
          block("2002::", 16), // 6to4: an IPv4 address inside
          block("3fff::", 20)); // documentation

  /** What is given out as global unicast; everything else of IPv6 is special. */
  private static final Block GLOBAL = block("2000::", 3);

  private PublicAddresses() {}

  private record Block(BigInteger network, int bits, int length) {
    boolean holds(byte[] address) {
      if (8 * address.length != bits) return false;
      return new BigInteger(1, address)
          .shiftRight(bits - length)
          .equals(network.shiftRight(bits - length));
    }
  }

  private static Block block(String network, int length) {
    try {
      byte[] bytes = InetAddress.getByName(network).getAddress();
      return new Block(new BigInteger(1, bytes), 8 * bytes.length, length);
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Whether this is such an address. An IPv4-mapped one counts as the IPv4 address inside. */
  static boolean isPublic(InetAddress address) {
    // Java makes an Inet4Address of ::ffff:a.b.c.d by itself (RFC 4291, section 2.5.5.2).
    byte[] bytes = address.getAddress();
    if (SPECIAL.stream().anyMatch(block -> block.holds(bytes))) return false;
    return address instanceof Inet4Address || GLOBAL.holds(bytes);
  }
}
