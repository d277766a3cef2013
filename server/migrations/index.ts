import { Start1764000000001 } from './0001-start.ts';

/** Every migration in its order; run at start. */
export const migrations = [Start1764000000001];
