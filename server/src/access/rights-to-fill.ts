import type { Transactional, RequestContext } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { readingFields, Rights, type KnownRole } from './gate.ts';
import { Role } from './role.ts';

/**
 * What somebody may do who fills a form without signing in: write the fields that stand on it, read what is computed of those alone, and know of
 * nothing else.
 */
export async function rightsToFill(tx: Transactional<RequestContext>, fieldKeys: readonly string[]): Promise<Rights> {
  const role = Object.assign(new Role(), {
    id: '',
    name: '',
    capabilities: [],
    defaultAccess: 'HIDDEN',
    rowScope: null,
  });
  const filler: KnownRole = { role, entries: new Map(fieldKeys.map((key) => [key, 'WRITE'])), shares: new Map() };
  return new Rights([filler], await kept(tx, readingFields));
}
