import { describe, expect, it } from 'vitest';
import { catalogue } from './arbitrary-rules.ts';
import { addCondition, newBehaviour, withEventType, withFold } from './behaviour.ts';
import type { Behaviour, Draft, Line, OnField, Subject } from './draft.ts';
import { setOperator, setSubject } from './edits.ts';
import { newExcerpt } from './excerpt.ts';
import { fromRule } from './from-rule.ts';
import { lineState } from './line-state.ts';
import { unmoved } from './moved-date.ts';
import { withForm } from './on-field.ts';
import { subjectOf } from './subjects.ts';
import { writeLine } from './to-rule.ts';

function counter(): () => string {
  let last = 0;
  return () => `i${(last += 1)}`;
}

describe('a line', () => {
  const empty: Line = { kind: 'line', id: 'a', subject: null, operator: null, values: [] };
  const [city, amount, due, name]: OnField[] = [
    { kind: 'field', key: 'city' },
    { kind: 'field', key: 'amount' },
    { kind: 'field', key: 'due' },
    { kind: 'field', key: 'name' },
  ];
  const order: Behaviour = newBehaviour('order');

  it.each<[string, Partial<Line>, object]>([
    ['without a field', {}, { kind: 'missing', part: 'field' }],
    ['without a comparison', { subject: city }, { kind: 'missing', part: 'operator' }],
    ['without a value', { subject: city, operator: 'is', values: [null] }, { kind: 'missing', part: 'value' }],
    ['with one end', { subject: amount, operator: 'between', values: [1, null] }, { kind: 'missing', part: 'value' }],
    ['with an empty list', { subject: city, operator: 'oneOf', values: [] }, { kind: 'missing', part: 'value' }],
    ['with a half-typed number', { subject: amount, operator: 'is', values: ['1e'] }, { kind: 'wrong' }],
    ['asking for emptiness', { subject: city, operator: 'isEmpty' }, { kind: 'ready' }],
    ['without a segment', { subject: { kind: 'membership' }, operator: 'member', values: [null] }, { part: 'segment' }],
    [
      'of no known number',
      { subject: withForm(amount!, '/', catalogue), operator: 'is', values: [1] },
      { kind: 'missing', part: 'numbers' },
    ],
    [
      'of no known text',
      { subject: withForm(name!, 'cat', catalogue), operator: 'is', values: ['a'] },
      { kind: 'missing', part: 'texts' },
    ],
    [
      'from the character before the first',
      { subject: { ...newExcerpt(name!), place: 0, reach: 'rest' }, operator: 'is', values: ['a'] },
      { kind: 'missing', part: 'characters' },
    ],
    [
      'reckoned by no known time',
      { subject: due, operator: 'less', values: [{ ...unmoved(null, true), shift: 'after' }] },
      { kind: 'missing', part: 'value' },
    ],
    ['of no known time', { subject: { ...order, period: [null, 'day'] }, operator: 'never' }, { part: 'period' }],
    ['with an empty condition', { subject: addCondition(order), operator: 'never' }, { part: 'conditions' }],
    ['of no time at all', { subject: { ...order, period: [0, 'day'] }, operator: 'never' }, { kind: 'wrong' }],
    ['asking for what was not done', { subject: order, operator: 'never' }, { kind: 'ready' }],
    ['with all it needs', { subject: amount, operator: 'between', values: [1, 2] }, { kind: 'ready' }],
  ])('%s', (_name, parts, state) => {
    expect(lineState({ ...empty, ...parts }, catalogue)).toMatchObject(state);
  });

  it('keeps what still fits when its comparison or field changes', () => {
    const at = (draft: Draft): Line => draft.root.items[0] as Line;
    const draft = fromRule({ '==': [{ var: 'amount' }, 5] }, catalogue, counter());
    expect(at(setOperator(draft, at(draft).id, 'between')).values).toEqual([5, null]);
    expect(at(setOperator(draft, at(draft).id, 'isEmpty')).values).toEqual([]);
    const vip: Subject = { kind: 'field', key: 'vip' };
    expect(at(setSubject(draft, at(draft).id, vip, catalogue))).toMatchObject({ operator: 'is', values: [null] });
  });

  it('on what is made of a field keeps its form and values as long as they mean the same', () => {
    const at = (draft: Draft): Line => draft.root.items[0] as Line;
    const start = fromRule({ '==': [{ part: [{ var: 'due' }, 'month'] }, 3] }, catalogue, counter());
    const ask = (subject: Subject | undefined): Line => at(setSubject(start, at(start).id, subject!, catalogue));
    const month = at(start).subject;
    expect(ask(subjectOf('birthday', catalogue, month))).toMatchObject({
      subject: { key: 'birthday', derivation: 'month' },
      values: [3],
    });
    expect(ask(subjectOf('amount', catalogue, month))).toMatchObject({
      subject: { kind: 'field', key: 'amount' },
      values: [null],
    });
    expect(ask(withForm(due!, 'weekday', catalogue))).toMatchObject({ operator: 'is', values: [null] });
  });

  it('whatever its case writes small letters', () => {
    const lower = { kind: 'derived', key: 'name', derivation: 'lower' } as const;
    const line: Line = { ...empty, subject: lower, operator: 'is', values: ['VIP'] };
    expect(writeLine(line)).toEqual({ '==': [{ lower: [{ var: 'name' }] }, 'vip'] });
  });

  it('about events asks at first whether there are any, and then keeps what still fits', () => {
    const at = (draft: Draft): Line => draft.root.items[0] as Line;
    const start = fromRule({ '<': [{ var: 'amount' }, 5] }, catalogue, counter());
    const ask = (draft: Draft, subject: Subject): Draft => setSubject(draft, at(draft).id, subject, catalogue);
    const chosen = ask(start, order);
    expect(at(chosen)).toMatchObject({ operator: 'atLeast', values: [1] });
    const never = setOperator(chosen, at(chosen).id, 'never');
    const total = withFold(order, 'sum', catalogue);
    expect(total).toMatchObject({ property: 'amount', period: [30, 'day'] });
    expect(at(ask(never, total))).toMatchObject({ operator: 'atLeast', values: [null] });
    expect(at(ask(ask(chosen, total), { ...total, fold: 'last', property: 'paid' }))).toMatchObject({
      operator: 'is',
      values: [null],
    });
    const store: Behaviour = { ...total, fold: 'first', property: 'store' };
    expect(withEventType(total, 'visit', catalogue)).toEqual({ ...total, eventType: 'visit' });
    expect(withEventType(store, 'visit', catalogue)).toEqual(newBehaviour('visit'));
  });
});
