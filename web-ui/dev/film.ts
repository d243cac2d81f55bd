import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { encode } from 'uqr';

/** The camera of the browser that the walks use: it plays a film. */
export class FilmCamera {
  private readonly file = join(tmpdir(), `madang-camera-${process.pid}.y4m`);

  /** What the browser must be started with. */
  readonly switches = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${this.file}`];

  /** It sees nothing for half a second and then a QR code. */
  shows(text: string): void {
    const [width, height, unit] = [640, 480, 9];
    const { data, size } = encode(text, { ecc: 'M', border: 4 });
    const frames: Buffer[] = [Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`)];
    const scale = Math.min(unit, Math.floor(height / size));
    for (let frame = 0; frame < 30; frame++) {
      const luma = Buffer.alloc(width * height, 200);
      const left = Math.floor((width - size * scale) / 2);
      const top = Math.floor((height - size * scale) / 2);
      for (let y = 0; frame >= 5 && y < size * scale; y++) {
        for (let x = 0; x < size * scale; x++) {
          luma[(top + y) * width + left + x] = data[Math.floor(y / scale)]![Math.floor(x / scale)] ? 16 : 235;
        }
      }
      frames.push(Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128));
    }
    writeFileSync(this.file, Buffer.concat(frames));
  }
}
