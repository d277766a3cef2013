import { describe, expect, it } from 'vitest';
import { gateGuards } from './gate-guards.ts';
import { requireText } from './guard-text.ts';
import { guards } from './guards.ts';

describe('the guards that `npm run verify-guards` takes away', () => {
  it.each([...guards, ...gateGuards].map((guard) => [guard.name, guard] as const))(
    '%s: stands in the code',
    async (_, guard) => {
      await expect(requireText(guard)).resolves.toBeUndefined();
    },
  );

  it('have a name each', () => {
    const names = [...guards, ...gateGuards].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
