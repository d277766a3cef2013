import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

/** What a packed file saves below this, in bytes, is less than what it costs to ask for it. */
const LEAST = 1_000;

/** The best but one: the best takes more than twice as long for two in a hundred. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } };

/** Puts each script and sheet packed beside itself, as `.br` and `.gz`: the server packs nothing while it is asked. */
export function compressAssets(): Plugin {
  return {
    name: 'compress-assets',
    apply: 'build',
    async writeBundle({ dir = '' }, bundle) {
      const files = Object.values(bundle).map((file) => ({
        place: path.join(dir, file.fileName),
        content: Buffer.from(file.type === 'chunk' ? file.code : file.source),
      }));
      const packed = files.filter(({ place, content }) => /\.(js|css)$/.test(place) && content.length >= LEAST);
      await Promise.all(
        packed.flatMap(({ place, content }) => [
          promisify(brotliCompress)(content, brotliOptions).then((bytes) => writeFile(`${place}.br`, bytes)),
          promisify(gzip)(content, { level: 9 }).then((bytes) => writeFile(`${place}.gz`, bytes)),
        ]),
      );
    },
  };
}
