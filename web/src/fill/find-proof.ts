/**
 * Reckons until SHA-256 of `slug:key:proof` begins with so many zero bits (hashcash, A. Back 2002): what a person does not notice costs whoever sends
 * many answers. It lets the page breathe in between.
 */
export async function findProof(slug: string, key: string, bits: number): Promise<string> {
  const encoder = new TextEncoder();
  for (let proof = 0; ; proof += BATCH) {
    const tried = Array.from({ length: BATCH }, (_, index) => String(proof + index));
    const hashes = await Promise.all(
      tried.map((each) => crypto.subtle.digest('SHA-256', encoder.encode(`${slug}:${key}:${each}`))),
    );
    const found = hashes.findIndex((hash) => new DataView(hash).getUint32(0) >>> (32 - bits) === 0);
    if (found >= 0) return tried[found] as string;
  }
}

/** So many hashes at once. */
const BATCH = 512;
