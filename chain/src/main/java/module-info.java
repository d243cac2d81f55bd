/** What every record on the chain is; knows nothing of money or votes. */
module io.madang.chain {
  requires transitive org.jspecify;
  requires org.bouncycastle.provider;

  exports io.madang.chain;
  exports io.madang.chain.crypto;
  exports io.madang.chain.json;
  exports io.madang.chain.protobuf;
  exports io.madang.chain.state;
}
