import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const JAVA = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
// A demo lives for minutes: optimising all of it would cost more than it gives.
const OPTIONS = ['-XX:TieredStopAtLevel=1', '--enable-native-access=ALL-UNNAMED', '--sun-misc-unsafe-memory-access=allow', '-Djava.awt.headless=true'];
/** What the Java machine learned when the program was built, if whoever starts us knows of it. */
const LEARNED = process.env.MADANG_LEARNED ? [`-XX:AOTCache=${process.env.MADANG_LEARNED}`, '-Xlog:aot*=off,cds*=off'] : [];
const SERVES = /is open: http:\/\/127\.0\.0\.1:/;

/** A port that is free now. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** `madang demo` as a process of its own, which a story may stop and start again. */
export class Demo {
  constructor(data) {
    this.data = data;
    this.said = '';
  }

  /**
   * Starts it and waits until it serves. A second start takes the same port and data. Everybody comes by its name, localhost: browsers
   * make passkeys for names only, and take this one for secure.
   */
  async start() {
    this.port ??= await freePort();
    this.address = `http://localhost:${this.port}`;
    const program = ['-cp', classPath(), 'io.madang.gateway.Main', 'demo', '--port', String(this.port), '--public-url', this.address, '--data', this.data, '--keep'];
    this.process = spawn(JAVA, [...LEARNED, ...OPTIONS, ...program], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    this.ended = once(this.process, 'exit');
    this.process.stderr.on('data', (text) => (this.said += text));
    const lines = createInterface({ input: this.process.stdout });
    const serving = new Promise((resolve) => {
      lines.on('line', (line) => {
        this.said += `${line}\n`;
        if (SERVES.test(line)) resolve('serves');
      });
    });
    if ((await Promise.race([serving, this.ended])) !== 'serves') throw new Error(`the demo ended before it served:\n${this.said}`);
    return this;
  }

  /** Stops it as Ctrl-C does. */
  async stop() {
    this.process.kill('SIGTERM');
    await this.ended;
  }
}

/** The classes that the tests were built with, else the program that lies in the gateway's folder. */
function classPath() {
  if (process.env.MADANG_CLASSPATH) return process.env.MADANG_CLASSPATH;
  const target = join(ROOT, 'gateway', 'target');
  const jar = readdirSync(target).find((name) => /^gateway-[0-9.]+\.jar$/.test(name));
  if (!jar) throw new Error(`no gateway in ${target}; build it first (./madang build)`);
  return [join(target, jar), join(target, 'lib', '*')].join(':');
}
