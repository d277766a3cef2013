import { describe, expect, it } from 'vitest';
import {
  allAnswers,
  answersExportAddress,
  isNarrowed,
  matchingOf,
  readAnswersView,
  writeAnswersView,
  type AnswersView,
} from './answers-address.ts';

const view: AnswersView = {
  shows: 'charts',
  filter: { '==': [{ var: 'a' }, 1] },
  search: 'An',
  from: '2026-01-01',
  to: '2026-01-31',
  statuses: ['SAVED', 'DISMISSED'],
};

describe('the address of answers', () => {
  it('holds the whole view', () => {
    const query = writeAnswersView(view);
    expect(readAnswersView(query as never)).toEqual(view);
    expect([writeAnswersView(allAnswers), readAnswersView({})]).toEqual([{}, allAnswers]);
  });

  it('narrows by nothing that it cannot read', () => {
    const query = { shows: 'x', filter: '{', from: '2026-02-30', to: 'now', status: 'GONE,', q: ['a', 'b'] };
    expect(readAnswersView(query)).toEqual(allAnswers);
    expect([isNarrowed(allAnswers), isNarrowed({ ...allAnswers, statuses: ['SAVED'] })]).toEqual([false, true]);
  });
});

describe('what is asked for', () => {
  it('lasts to the end of the last day', () => {
    const { from, to } = matchingOf(view);
    expect([from, to]).toEqual([new Date(2026, 0, 1).toISOString(), new Date(2026, 1, 1).toISOString()]);
    expect(matchingOf(allAnswers)).toEqual({ filter: null, search: null, from: null, to: null, statuses: null });
  });

  it('is exported as it is shown', () => {
    const { searchParams } = new URL(answersExportAddress('csv', 'f1', view), 'http://localhost');
    expect(Object.fromEntries(searchParams)).toEqual({
      form: 'f1',
      filter: JSON.stringify(view.filter),
      search: 'An',
      from: matchingOf(view).from,
      to: matchingOf(view).to,
      statuses: 'SAVED,DISMISSED',
    });
    expect(answersExportAddress('xlsx', 'f1', allAnswers)).toBe('/exports/submissions.xlsx?form=f1');
  });
});
