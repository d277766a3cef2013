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
  const read = readLine(rule);
  const field = read && catalogue.fields.get(read.field);
  if (!read || !field || !operatorsOf[fieldTypes[field.type].valueType].includes(read.operator)) return undefined;
  return { kind: 'line', id: newId(), ...read };
}

/** What a line draws: its parts, if written back they make the same rule. */
function readLine(
  rule: Rule,
): (Pick<Line, 'field' | 'operator' | 'values'> & { field: string; operator: OperatorName }) | undefined {
  for (const candidate of candidates(rule)) {
    const written = operators[candidate.operator].write({ var: candidate.field }, candidate.values);
    if (candidate.values.every(isLiteral) && JSON.stringify(written) === JSON.stringify(rule)) return candidate;
  }
  return undefined;
}

function candidates(rule: Rule): { field: string; operator: OperatorName; values: readonly Json[] }[] {
  const [key, operands = []] = operation(rule) ?? [];
  const [a = null, b = null, c = null] = operands;
  if (key === '!') {
    const [inner] = candidates(a);
    return inner?.operator === 'oneOf' ? [{ ...inner, operator: 'notOneOf' }] : [];
  }
  const field = operands.length === 3 ? fieldOf(b) : fieldOf(a);
  if (field === undefined) return [];
  if (operands.length === 3) return [{ field, operator: 'between', values: [a, c] }];
  if (key === 'in') return [{ field, operator: 'oneOf', values: Array.isArray(b) ? (b as readonly Json[]) : [] }];
  const names = (Object.keys(operators) as OperatorName[]).filter(
    (name) => name !== 'between' && name !== 'oneOf' && name !== 'notOneOf',
  );
  return names.map((operator) => ({ field, operator, values: operators[operator].arity === 'none' ? [] : [b] }));
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
