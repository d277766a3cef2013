import { hash, verify } from '@node-rs/argon2';
import { codePoints, sentence, type Problem } from '@kequn/rules';

/** argon2id (RFC 9106) with the parameters that OWASP names first: 19 MiB, two passes. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes a password for storage. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

let nobodysHash: Promise<string> | undefined;

/** Whether a password is that of a stored hash. Without a hash it takes as long and says no, so that the time does not tell who exists. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  nobodysHash ??= hashPassword('nobody has this password');
  const matches = await verify(stored ?? (await nobodysHash), password);
  return matches && stored !== undefined;
}

/** What is wrong with a new password: 8 to 128 characters are asked for, nothing else. */
export function passwordProblems(path: string, password: string): Problem[] {
  const length = codePoints(password);
  if (length < 8) return [{ path, code: 'TOO_SHORT', message: sentence('密码至少 8 个字符', 'At least 8 characters') }];
  if (length > 128)
    return [{ path, code: 'TOO_LONG', message: sentence('密码最多 128 个字符', 'At most 128 characters') }];
  return [];
}
