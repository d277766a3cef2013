import { expect, test } from 'vitest';
import { findingsByItem } from './findings.ts';

test('each finding stands at the innermost item around its place', () => {
  const paths = new Map([
    ['root', ''],
    ['first', '/and/0'],
    ['group', '/and/1'],
    ['inner', '/and/1/!/0/or/0'],
  ]);
  const at = (path: string) => ({ kind: 'IMPOSSIBLE', path, message: path });
  const found = findingsByItem(['', '/and/0/!/0', '/and/1/!/0', '/and/1/!/0/or/0', '/and/0'].map(at), paths);
  expect(Object.fromEntries(found)).toEqual({
    root: [''],
    first: ['/and/0/!/0', '/and/0'],
    group: ['/and/1/!/0'],
    inner: ['/and/1/!/0/or/0'],
  });
  expect(findingsByItem([at('/or/0')], new Map([['line', '/and/0']]))).toEqual(new Map());
});
