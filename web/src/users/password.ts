/** Without letters and digits that are taken for one another when read aloud or written down. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A password that nobody has to think up: 80 bits in four groups. */
export function makePassword(): string {
  // 32 letters: every byte picks each of them equally often.
  const letters = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => LETTERS[byte % LETTERS.length]);
  return letters.join('').replaceAll(/(.{4})(?=.)/g, '$1-');
}

/** Whether a password has the length that the server asks for. */
export function isPasswordLong(password: string): boolean {
  const length = [...password].length;
  return length >= 8 && length <= 128;
}
