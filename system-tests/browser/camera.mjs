import { writeFileSync } from 'node:fs';

const WIDTH = 640;
const HEIGHT = 480;
const EMPTY_FRAMES = 5;
const FRAMES_WITH_CODE = 25;

/**
 * What a camera sees that is held before a screen: first nothing, then the picture. Chromium plays such a Y4M file as its camera, ten
 * frames a second, again and again.
 *
 * @param file where the film is written
 * @param picture a PNG, such as a screenshot of a QR code
 * @param page any page of a browser, which decodes the PNG
 */
export async function film(file, picture, page) {
  const luma = Buffer.from(await page.evaluate(lumaOf, { picture: picture.toString('base64'), width: WIDTH, height: HEIGHT }), 'base64');
  const chroma = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const frame = (plane) => Buffer.concat([Buffer.from('FRAME\n'), plane, chroma]);
  const nothing = frame(Buffer.alloc(WIDTH * HEIGHT, 90));
  const code = frame(luma);
  const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(file, Buffer.concat([header, ...Array(EMPTY_FRAMES).fill(nothing), ...Array(FRAMES_WITH_CODE).fill(code)]));
}

/** A film of nothing, for the time before there is something to see. */
export function emptyFilm(file) {
  const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  const nothing = Buffer.concat([Buffer.from('FRAME\n'), Buffer.alloc(WIDTH * HEIGHT, 90), Buffer.alloc((WIDTH * HEIGHT) / 2, 128)]);
  writeFileSync(file, Buffer.concat([header, nothing, nothing]));
}

/** Runs in the page: the brightness of each point of the picture, drawn into the middle of a grey frame. */
async function lumaOf({ picture, width, height }) {
  const bytes = Uint8Array.from(atob(picture), (character) => character.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#5a5a5a';
  context.fillRect(0, 0, width, height);
  const scale = (0.9 * height) / Math.max(bitmap.width, bitmap.height);
  const [wide, high] = [bitmap.width * scale, bitmap.height * scale];
  context.drawImage(bitmap, (width - wide) / 2, (height - high) / 2, wide, high);
  const { data } = context.getImageData(0, 0, width, height);
  let luma = '';
  for (let at = 0; at < data.length; at += 4) {
    luma += String.fromCharCode(Math.round(0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2]));
  }
  return btoa(luma);
}
