// Prints a ReceiptLine document with a printer library that we did not write: Korean bytes of ESC/POS in hexadecimal.
import { readFileSync } from 'node:fs';
import receiptline from 'receiptline';

const document = readFileSync(0, 'utf8');
const bytes = receiptline.transform(document, { cpl: 42, encoding: 'ksc5601', command: 'escpos', spacing: false });
console.log(Buffer.from(bytes, 'binary').toString('hex'));
