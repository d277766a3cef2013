import { describe, expect, it } from 'vitest';
import type { FieldPartsFragment } from '../api/generated/graphql.ts';
import { fieldAnswer } from '../testing/mount-page.ts';
import { toCatalogueField } from './catalogue.ts';

const ratio = { '/': [{ var: 'spend' }, { var: 'orders' }] };

describe('a field of the catalogue', () => {
  it.each([
    ['NUMBER', 'NUMBER'],
    ['TEXT', 'LONG_TEXT'],
    ['BOOLEAN', 'BOOLEAN'],
    ['DATE', 'DATE'],
    ['DATETIME', 'DATETIME'],
    ['OPTION', 'SELECT'],
    ['OPTIONS', 'MULTI_SELECT'],
    ['REGION', 'REGION'],
    ['USER', 'USER'],
  ])('that a formula computes as %s is worked with as %s', (valueType, type) => {
    const answer = fieldAnswer('worth', 'FORMULA', 'Worth', { valueType, formula: ratio, access: 'READ' });
    expect(toCatalogueField(answer as unknown as FieldPartsFragment)).toMatchObject({
      type,
      computed: true,
      formula: ratio,
      readable: true,
      writable: false,
    });
  });

  it('that people fill in keeps its type', () => {
    const answer = fieldAnswer('spend', 'MONEY', 'Spend', { valueType: 'NUMBER' });
    expect(toCatalogueField(answer as unknown as FieldPartsFragment)).toMatchObject({
      type: 'MONEY',
      computed: false,
      formula: null,
    });
  });
});
