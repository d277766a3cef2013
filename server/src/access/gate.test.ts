import { describe, expect, it } from 'vitest';
import { type FieldUse, type KnownRole, Rights } from './gate.ts';
import { type Capability, type FieldAccess, Role } from './role.ts';

function role(
  defaultAccess: FieldAccess,
  entries: Record<string, FieldAccess> = {},
  capabilities: Capability[] = [],
): KnownRole {
  const known = Object.assign(new Role(), {
    id: '',
    name: '',
    version: 1,
    capabilities,
    defaultAccess,
    rowScope: null,
    mayLeaveScope: true,
  });
  return { role: known, entries: new Map(Object.entries(entries)), shares: new Map() };
}

const uses: readonly FieldUse[] = ['read', 'write', 'filter', 'sort'];
const allowed = (rights: Rights, field: string) => uses.filter((use) => rights.may(field, use));

describe('what a viewer may do with a field', () => {
  it.each<[FieldAccess, FieldUse[]]>([
    ['HIDDEN', []],
    ['MASKED', []],
    ['READ', ['read', 'filter', 'sort']],
    ['WRITE', ['read', 'write', 'filter', 'sort']],
  ])('%s', (access, expected) => {
    expect(allowed(new Rights([role(access)]), 'income')).toEqual(expected);
    expect(allowed(new Rights([role('HIDDEN', { income: access })]), 'income')).toEqual(expected);
  });

  it('is nothing without a role', () => {
    const nobody = new Rights([]);
    expect([nobody.accessTo('income'), allowed(nobody, 'income'), nobody.mayCreate]).toEqual(['HIDDEN', [], false]);
  });

  it('is the widest of several roles, field by field', () => {
    const rights = new Rights([
      role('HIDDEN', { income: 'READ' }),
      role('MASKED', { income: 'HIDDEN', city: 'WRITE' }),
    ]);
    expect(['income', 'city', 'phone'].map((field) => rights.accessTo(field))).toEqual(['READ', 'WRITE', 'MASKED']);
  });

  it('is narrowed by an entry below the default', () => {
    const rights = new Rights([role('WRITE', { income: 'HIDDEN' })]);
    expect([rights.accessTo('income'), rights.accessTo('city')]).toEqual(['HIDDEN', 'WRITE']);
  });

  it('lets everybody read what the system writes, and nobody write it', () => {
    for (const rights of [new Rights([role('HIDDEN')]), new Rights([role('WRITE')])])
      expect(allowed(rights, 'created_at')).toEqual(['read', 'filter', 'sort']);
  });

  it.each(['constructor', '__proto__', 'toString', ''])('takes %j for a name like any other', (field) => {
    expect(new Rights([role('HIDDEN')]).accessTo(field)).toBe('HIDDEN');
  });
});

describe('what a viewer may do at all', () => {
  it('is what one of the roles may', () => {
    const rights = new Rights([role('READ', {}, ['EXPORT']), role('READ', {}, ['IMPORT', 'EXPORT'])]);
    expect([rights.has('EXPORT'), rights.has('IMPORT'), rights.has('MANAGE_ROLES')]).toEqual([true, true, false]);
    expect(rights.capabilities).toEqual(['EXPORT', 'IMPORT']);
  });

  it('lets create who writes by default in one role; a single field is not enough', () => {
    expect(new Rights([role('READ', { name: 'WRITE' })]).mayCreate).toBe(false);
    expect(new Rights([role('READ'), role('WRITE', { name: 'HIDDEN' })]).mayCreate).toBe(true);
  });
});
