import { fieldTypes, type Catalogue, type Json, type Rule } from '@kequn/rules';
import { emptyDraft, type Draft, type Group, type Item, type Line, type OperatorName } from './draft.ts';
import { operators, operatorsOf } from './operators.ts';

/** Draws a rule. Written back, it is the same rule; what lines cannot draw is kept as it is. */
export function fromRule(rule: Rule | null, catalogue: Catalogue, newId: () => string): Draft {
  if (rule === null) return emptyDraft(newId());
  const item = drawItem(rule, catalogue, newId);
  if (item.kind === 'group') return { root: item, bare: false };
  return { root: { kind: 'group', id: newId(), match: 'ALL', items: [item] }, bare: true };
}

function drawItem(rule: Rule, catalogue: Catalogue, newId: () => string): Item {
  return (
    drawGroup(rule, catalogue, newId) ?? drawLine(rule, catalogue, newId) ?? { kind: 'verbatim', id: newId(), rule }
  );
}

function drawGroup(rule: Rule, catalogue: Catalogue, newId: () => string): Group | undefined {
  const [match, operands] = joined(rule) ?? [];
  if (!match || !operands) return undefined;
  return { kind: 'group', id: newId(), match, items: operands.map((operand) => drawItem(operand, catalogue, newId)) };
}

function joined(rule: Rule): readonly [Group['match'], readonly Rule[]] | undefined {
  const [key, operands] = operation(rule) ?? [];
  if (!operands || operands.length === 0) return undefined;
  if (key === 'and') return ['ALL', operands];
  if (key === 'or') return ['ANY', operands];
  const [innerKey, inner] = key === '!' ? (operation(operands[0] ?? null) ?? []) : [];
  return innerKey === 'or' && inner && inner.length > 0 && operands.length === 1 ? ['NONE', inner] : undefined;
}

function drawLine(rule: Rule, catalogue: Catalogue, newId: () => string): Line | undefined {
  for (const name of Object.keys(operators) as OperatorName[]) {
    const found = readAs(name, rule);
    const field = found && catalogue.fields.get(found.field);
    if (!found || !field || !operatorsOf[fieldTypes[field.type].valueType].includes(name)) continue;
    return { kind: 'line', id: newId(), operator: name, ...found };
  }
  return undefined;
}

/** Stand where the parts of a line go, in a condition that is written to be compared with. */
const SUBJECT = { var: '' };
const FIRST = [0];
const SECOND = [1];

/** The field and the values of a rule that is written as a comparison writes it. */
function readAs(name: OperatorName, rule: Rule): (Pick<Line, 'values'> & { field: string }) | undefined {
  const { arity, write } = operators[name];
  const holes = {
    none: [],
    one: [FIRST],
    days: [FIRST],
    years: [FIRST],
    two: [FIRST, SECOND],
    window: [FIRST, SECOND],
  };
  const asked: readonly Json[] = arity === 'many' ? FIRST : holes[arity];
  const found = new Map<Json, Json>();
  if (!fits(write(SUBJECT, asked), rule, found)) return undefined;
  const field = fieldOf(found.get(SUBJECT)!);
  const values = arity === 'many' ? found.get(FIRST) : asked.map((hole) => found.get(hole)!);
  if (field === undefined || !Array.isArray(values) || !values.every(isLiteral)) return undefined;
  return { field, values: values as readonly Json[] };
}

/** Whether a rule is a pattern with something in the place of its holes; notes what that is. */
function fits(pattern: Json, rule: Json, found: Map<Json, Json>): boolean {
  if (pattern === SUBJECT || pattern === FIRST || pattern === SECOND) return Boolean(found.set(pattern, rule));
  if (pattern === null || typeof pattern !== 'object') return pattern === rule;
  if (rule === null || typeof rule !== 'object' || Array.isArray(pattern) !== Array.isArray(rule)) return false;
  const [keys, others] = [Object.keys(pattern), Object.keys(rule)];
  const part = (whole: Json, key: string): Json => (whole as Readonly<Record<string, Json>>)[key]!;
  return (
    keys.length === others.length &&
    keys.every((key) => key in rule && fits(part(pattern, key), part(rule, key), found))
  );
}

function operation(rule: Rule): readonly [string, readonly Rule[]] | undefined {
  if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return undefined;
  const [entry, ...others] = Object.entries(rule);
  if (!entry || others.length > 0 || !Array.isArray(entry[1])) return undefined;
  return [entry[0], entry[1] as readonly Rule[]];
}

function fieldOf(rule: Rule): string | undefined {
  if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return undefined;
  const { var: key } = rule as { readonly var?: Json };
  return typeof key === 'string' ? key : undefined;
}

function isLiteral(value: Json): boolean {
  return value !== null && typeof value !== 'object';
}
