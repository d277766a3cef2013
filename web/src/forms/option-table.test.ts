import { catalogueOf, checkRule, type FieldDefinition, type FieldType, type Rule } from '@kequn/rules';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isOfferedWith,
  newTable,
  offeringNothing,
  offersNothing,
  rulesOfTable,
  tableOfRules,
  tick,
  type OptionTable,
} from './option-table.ts';
import { pasteTicks } from './paste-ticks.ts';

const optionsOf = (...keys: readonly string[]): FieldDefinition['options'] =>
  keys.map((key) => ({ key, label: key, labels: {}, color: null, archived: false }));

function fieldOf(key: string, type: FieldType, options: FieldDefinition['options'] = []): FieldDefinition {
  const rest = { validation: {}, required: false, unique: false, archived: false };
  return { key, type, label: key, labels: {}, options, ...rest };
}

const values: Readonly<Record<string, readonly string[]>> = {
  brand: ['a', 'b', 'c'],
  hobbies: ['a', 'b', 'c'],
  place: ['110000', '440000', '820000'],
  member: ['true', 'false'],
};
const catalogue = catalogueOf(
  [
    fieldOf('brand', 'SELECT', optionsOf('a', 'b', 'c')),
    fieldOf('hobbies', 'MULTI_SELECT', optionsOf('a', 'b', 'c')),
    fieldOf('place', 'REGION'),
    fieldOf('member', 'BOOLEAN'),
    fieldOf('name', 'TEXT'),
  ],
  new Map(),
  'Asia/Shanghai',
  new Map(values['place']!.map((code) => [code, code])),
);
const { fields } = catalogue;

const tables: fc.Arbitrary<OptionTable> = fc.constantFrom(...Object.keys(values)).chain((decider) =>
  fc.record({
    decider: fc.constant(decider),
    whenEmpty: fc.constantFrom('all' as const, 'none' as const),
    offered: fc
      .dictionary(fc.constantFrom('x', 'y', 'z'), fc.subarray([...values[decider]!]), { minKeys: 1 })
      .map((cells) => new Map(Object.entries(cells).map(([key, each]) => [key, new Set(each)]))),
  }),
);

function rulesOf(table: OptionTable): ReturnType<typeof rulesOfTable> {
  return rulesOfTable(table, fields.get(table.decider)!.type);
}

describe('options by the value of another field', () => {
  it('is read from the rules that it is written as, and every one of them is a rule', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const rules = rulesOf(table);
        for (const rule of Object.values(rules)) expect(checkRule(rule, catalogue).ok).toBe(true);
        expect(tableOfRules(rules, fields)).toEqual({ table, others: {} });
      }),
    );
  });

  it('leaves rules of another form as they are', () => {
    const own = { x: { '==': [{ var: 'name' }, 'Li'] }, y: { in: [{ var: 'brand' }, ['a']] }, z: true };
    expect(tableOfRules(own, fields)).toEqual({
      table: { decider: 'brand', whenEmpty: 'none', offered: new Map([['y', new Set(['a'])]]) },
      others: { x: own.x, z: own.z },
    });
    const foreign: readonly Rule[] = [
      { in: [{ var: 'brand' }, ['a', 1]] },
      { in: [{ var: 'gone' }, ['a']] },
      { '!=': [{ var: 'member' }, true] },
      { or: [{ '==': [{ var: 'place' }, null] }, { in: [{ var: 'brand' }, ['a']] }] },
      { within_region: [{ var: 'place' }, '110000'] },
    ];
    for (const rule of foreign)
      expect(tableOfRules({ x: rule }, fields)).toEqual({ table: undefined, others: { x: rule } });
  });

  it('is of the field by which most options go', () => {
    const [few, many] = [rulesOf(newTable('member', ['w'])), rulesOf(newTable('brand', ['x', 'y']))];
    const { table, others } = tableOfRules({ ...few, ...many }, fields);
    expect([table?.decider, others]).toEqual(['brand', few]);
  });

  it('takes an option that was always offered into the table when a tick is taken away', () => {
    const table = tick(newTable('brand', ['x']), { options: ['x'], value: 'a', on: true }, ['a', 'b']);
    const less = tick(table, { options: ['y'], value: 'a', on: false }, ['a', 'b']);
    expect(['x', 'y'].map((option) => ['a', 'b'].map((value) => isOfferedWith(less, option, value)))).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('knows with which values nothing is offered, such as one that is new', () => {
    const table = tick(newTable('brand', ['x']), { options: ['x'], value: 'a', on: true }, ['a', 'b']);
    expect(offeringNothing(table, ['x'], ['a', 'b'])).toEqual(['b']);
    expect(offeringNothing(table, ['x', 'always'], ['a', 'b'])).toEqual([]);
    const item = { field: 'hobbies', optionsWhen: rulesOf(newTable('brand', ['a', 'b', 'c'])) };
    expect(offersNothing(item, fields)).toEqual({ decider: 'brand', values: ['a', 'b', 'c'] });
    expect(offersNothing({ ...item, optionsWhen: { ...item.optionsWhen, a: true } }, fields)).toBeUndefined();
    expect(offersNothing({ field: 'hobbies' }, fields)).toBeUndefined();
  });
});

describe('two columns of a spreadsheet', () => {
  const provinces = [
    { key: '440000', names: ['广东省', '广东'] },
    { key: '330000', names: ['浙江省', '浙江'] },
  ];
  const stores = ['gz', 'sz', 'hz'].map((key) => ({ key, names: [key, key.toUpperCase()] }));
  const none = newTable('place', ['gz', 'sz', 'hz']);

  it('say what is offered, and what was not understood is told', () => {
    const { table, pairs, unknown } = pasteTicks(
      none,
      '省份\t门店\n广东\tgz\n\tSZ\n浙江省\thz\n海南\thk',
      provinces,
      stores,
    );
    expect([pairs, unknown]).toEqual([3, ['省份\t门店', '海南\thk']]);
    expect(table.offered).toEqual(
      new Map([
        ['gz', new Set(['440000'])],
        ['sz', new Set(['440000'])],
        ['hz', new Set(['330000'])],
      ]),
    );
  });

  it('stand in place of what was ticked with the values that they name', () => {
    const before = pasteTicks(none, '广东\tgz\n浙江\thz', provinces, stores).table;
    const after = pasteTicks(before, '广东\tsz', provinces, stores).table;
    expect(after.offered).toEqual(
      new Map([
        ['gz', new Set()],
        ['sz', new Set(['440000'])],
        ['hz', new Set(['330000'])],
      ]),
    );
  });
});
