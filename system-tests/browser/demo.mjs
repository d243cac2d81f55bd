import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const JAVA = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
const OPTIONS = ['--enable-native-access=ALL-UNNAMED', '--sun-misc-unsafe-memory-access=allow', '-Djava.awt.headless=true'];
const ADDRESS = /http:\/\/127\.0\.0\.1:(\d+)/;

/** `madang demo` as a process of its own, which a story may stop and start again. */
export class Demo {
  constructor(data) {
    this.data = data;
    this.port = 0;
    this.said = '';
  }

  /** Starts it and waits until it says where it is reached. A second start takes the same port and data. */
  async start() {
    const program = ['-cp', classPath(), 'io.madang.gateway.Main', 'demo', '--port', String(this.port), '--data', this.data, '--keep'];
    this.process = spawn(JAVA, [...OPTIONS, ...program], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    this.ended = once(this.process, 'exit');
    this.process.stderr.on('data', (text) => (this.said += text));
    const lines = createInterface({ input: this.process.stdout });
    const address = new Promise((resolve) => {
      lines.on('line', (line) => {
        this.said += `${line}\n`;
        const found = ADDRESS.exec(line);
        if (found) resolve(found);
      });
    });
    const found = await Promise.race([address, this.ended]);
    if (!(found instanceof Array) || !found.input) throw new Error(`the demo ended before it served:\n${this.said}`);
    this.address = found[0];
    this.port = Number(found[1]);
    return this;
  }

  /** Stops it as Ctrl-C does. */
  async stop() {
    this.process.kill('SIGTERM');
    await this.ended;
  }
}

function classPath() {
  const target = join(ROOT, 'gateway', 'target');
  const jar = readdirSync(target).find((name) => /^gateway-[0-9.]+\.jar$/.test(name));
  if (!jar) throw new Error(`no gateway in ${target}; build it first (./madang build)`);
  return [join(target, jar), join(target, 'lib', '*')].join(':');
}
