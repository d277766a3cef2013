import { expect, it } from 'vitest';
import { isPasswordLong, makePassword } from './password.ts';

it('makes passwords of four groups without letters that look alike, never the same twice', () => {
  const made = Array.from({ length: 50 }, makePassword);
  expect(made.filter((password) => !/^([a-km-np-z2-9]{4}-){3}[a-km-np-z2-9]{4}$/.test(password))).toEqual([]);
  expect(new Set(made).size).toBe(50);
});

it.each([
  ['1234567', false],
  ['12345678', true],
  ['👍'.repeat(7), false],
  ['x'.repeat(128), true],
  ['x'.repeat(129), false],
])('%s is long enough: %s', (password, is) => {
  expect(isPasswordLong(password)).toBe(is);
});
