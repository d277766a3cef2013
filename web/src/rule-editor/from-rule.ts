import type { Catalogue, Json, Rule } from '@kequn/rules';
import { drawSubject } from './draw-subject.ts';
import { emptyDraft, type Draft, type Group, type Item, type Line, type Subject } from './draft.ts';
import { drawMovedDate, isMovedDate } from './moved-date.ts';
import { arityOf, asksForValues } from './operators.ts';
import { isLiteral, isSame, operation, readComparison } from './patterns.ts';
import { comparedAs, operatorsFor } from './subjects.ts';
import { writeLine } from './to-rule.ts';
import { asksForViewer, isViewer } from './viewer-value.ts';

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
  const read = readComparison(rule, (compared, values) => {
    const subject = compared === null ? membershipIn(values, catalogue) : drawSubject(compared, catalogue);
    if (!subject) return undefined;
    const field = comparedAs(subject, catalogue);
    const drawn = field ? values.map((value) => drawMovedDate(value, field, catalogue) ?? value) : values;
    const mayBeViewer = asksForViewer(field, catalogue);
    const isRead = drawn.every((value) => isLiteral(value) || isMovedDate(value) || (mayBeViewer && isViewer(value)));
    return isRead ? { compared: subject, operators: operatorsFor(subject, catalogue), values: drawn } : undefined;
  });
  const line: Line | undefined = read && {
    kind: 'line',
    id: newId(),
    subject: read.compared,
    operator: read.operator,
    values: read.values,
  };
  if (!line || !(asksForValues(arityOf(line.operator)) || line.values.every(isLiteral))) return undefined;
  if (arityOf(line.operator) === 'many' && line.values.some(isViewer)) return undefined;
  // A text that is compared whatever its case is written in small letters: another one would change.
  return isSame(writeLine(line), rule) ? line : undefined;
}

function membershipIn([segment]: readonly Json[], catalogue: Catalogue): Subject | undefined {
  return typeof segment === 'string' && catalogue.segments?.has(segment) ? { kind: 'membership' } : undefined;
}
