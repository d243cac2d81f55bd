// Reads our messages and writes its own with an ISO 8583 library that we did not write. Lines in, lines out:
//   read HEX      -> the fields as JSON
//   write JSON    -> the message in hexadecimal
import { createInterface } from 'node:readline';
import Iso8583 from 'iso_8583';

for await (const line of createInterface({ input: process.stdin })) {
  const [command, argument] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)];
  if (command === 'read') {
    const body = Buffer.from(argument, 'hex');
    const length = Buffer.from([body.length >> 8, body.length & 0xff]);
    console.log(JSON.stringify(new Iso8583().getIsoJSON(Buffer.concat([length, body]))));
  } else {
    console.log(new Iso8583(JSON.parse(argument)).getRawMessage().toString('hex'));
  }
}
