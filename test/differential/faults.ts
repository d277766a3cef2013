import { compileRule, momentAt, type Moment, type Node, type Operator, type Row, type Value } from '@kequn/rules';
import { realBackEnds, type BackEnds } from './differential.ts';

type Js = Operator['js'];
type Compiled = (row: Row, moment: Moment) => Value;

/** Deliberate mistakes, one for each kind that a back end has been known to make: the comparison has to find every one. */
export const faults: Readonly<Record<string, BackEnds>> = {
  'a null guard is dropped': inSql((sql) => sql.replaceAll('IS NOT TRUE', 'IS FALSE')),
  '< stands for <=': inSql((sql) => sql.replaceAll(' <= ', ' < ')),
  'the zone is ignored': inJs((rule) => {
    const holds = compileRule(rule);
    return (row, { now, viewer }) => holds(row, momentAt(now, 'UTC', viewer));
  }),
  'in takes an empty value': inOperator('in', (js, operands) => {
    const [value, holds] = [valueOf(operands[0]!), js(operands)];
    return (row, moment) => value(row, moment) === null || holds(row, moment);
  }),
  'a negation goes inwards and leaves and as it is': inOperator('!', (js, operands) => {
    const [operand] = operands;
    if (operand?.kind !== 'call' || operand.operator.key !== 'and') return js(operands);
    const each = operand.operands.map(valueOf);
    return (row, moment) => each.every((value) => value(row, moment) !== true);
  }),
  'a quotient is cut to a whole number': inOperator('/', (js, operands) => {
    const quotient = js(operands);
    return (row, moment) => {
      const value = quotient(row, moment);
      return typeof value === 'number' ? Math.trunc(value) : value;
    };
  }),
  'text is ordered by UTF-16 units': inOperator('<', (js, operands) => {
    if (operands[0]!.type !== 'TEXT' || operands.length > 2) return js(operands);
    const [a, b] = operands.map(valueOf);
    return (row, moment) => {
      const [left, right] = [a!(row, moment), b!(row, moment)];
      return left !== null && right !== null && left < right;
    };
  }),
  'a region contains whatever begins like it': inSql((sql) => sql.replaceAll(', 4) = ANY', ", 3) || '3' = ANY")),
  'a window includes its far end': inSql((sql) => sql.replaceAll(/ > (\$\d+::(?:date|timestamptz))/g, ' >= $1')),
  'an anniversary of 29 February is in March': inOperator('days_to_anniversary', (js, operands) => {
    const [day, days] = [valueOf(operands[0]!), js(operands)];
    return (row, moment) => {
      const isLeapDay = String(day(row, moment)).slice(5, 10) === '02-29';
      const left = days(row, moment);
      return isLeapDay && typeof left === 'number' ? left + 1 : left;
    };
  }),
  'a filter is forgotten before counting': inOperator('count', (js, [list]) => js([unfiltered(list!)])),
  'only the first segment is looked at': inJs((rule) => {
    const holds = compileRule(rule);
    return (row, moment) => holds({ ...row, segments: (row['segments'] as readonly string[]).slice(0, 1) }, moment);
  }),
};

function inSql(change: (sql: string) => string): BackEnds {
  return { ...realBackEnds, toSql: (...asked) => change(realBackEnds.toSql(...asked)) };
}

function inJs(toJs: BackEnds['toJs']): BackEnds {
  return { ...realBackEnds, toJs };
}

/** A mistake in the JS of one operation, wherever it stands in a rule. */
function inOperator(key: string, js: (original: Js, operands: readonly Node[]) => Compiled): BackEnds {
  const changed = (node: Node): Node => {
    if (node.kind !== 'call') return node;
    const operands = node.operands.map(changed);
    const { operator } = node;
    if (operator.key !== key) return { ...node, operands };
    return { ...node, operands, operator: { ...operator, js: (given) => js(operator.js, given) } };
  };
  return inJs((rule) => compileRule(changed(rule)));
}

function valueOf(node: Node): Compiled {
  if (node.kind === 'literal') return () => node.value;
  if (node.kind === 'call') return node.operator.js(node.operands);
  if (node.kind !== 'field') return () => null;
  return (row) => row[node.field.key] ?? null;
}

function unfiltered(list: Node): Node {
  return list.kind === 'call' ? unfiltered(list.operands[0]!) : list;
}
