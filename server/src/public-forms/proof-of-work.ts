import { createHash } from 'node:crypto';

/** So many leading zero bits are asked for: some 65,000 hashes, a second in a browser. */
export const proofBits = 16;

/**
 * Whether a browser has reckoned for an answer: SHA-256 of `slug:key:proof` begins with `proofBits` zero bits (hashcash, A. Back 2002). The key of
 * an answer is taken once, so no proof serves twice and nothing has to be handed out before.
 */
export function isProof(slug: string, key: string, proof: string): boolean {
  const hash = createHash('sha256').update(`${slug}:${key}:${proof}`).digest();
  return hash.readUInt32BE(0) >>> (32 - proofBits) === 0;
}
