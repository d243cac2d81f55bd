import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasmAddress from 'zxing-wasm/reader/zxing_reader.wasm?url';

// Loaded only on the scan screen. The reader's WebAssembly comes from our own server, never from elsewhere.
prepareZXingModule({ overrides: { locateFile: () => wasmAddress } });

const PAUSE_MILLIS = 120;
const LONGEST_SIDE = 960;

/** Reads the camera's picture until a QR code is in it. Ends when told, or with the code. */
export async function scan(video: HTMLVideoElement, signal: AbortSignal): Promise<string | undefined> {
  const canvas = document.createElement('canvas');
  while (!signal.aborted) {
    if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth > 0) {
      const code = await codeIn(canvas, video, video.videoWidth, video.videoHeight);
      if (code && !signal.aborted) return code;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLIS));
  }
  return undefined;
}

/** The QR code in a picture, if there is one. */
export async function codeInPicture(file: Blob): Promise<string | undefined> {
  const picture = await createImageBitmap(file);
  try {
    return await codeIn(document.createElement('canvas'), picture, picture.width, picture.height);
  } finally {
    picture.close();
  }
}

async function codeIn(canvas: HTMLCanvasElement, source: CanvasImageSource, width: number, height: number): Promise<string | undefined> {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  const found = await readBarcodes(context.getImageData(0, 0, canvas.width, canvas.height), {
    formats: ['QRCode'],
    tryHarder: true,
    maxNumberOfSymbols: 1,
  });
  return found.find((code) => code.isValid)?.text;
}
