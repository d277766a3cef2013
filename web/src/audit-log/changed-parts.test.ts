import { expect, it } from 'vitest';
import { changedParts } from './changed-parts.ts';

it('does not know what the viewer may not know', () => {
  expect(changedParts('customer.updated', { restricted: true })).toBe(undefined);
  expect(changedParts('role.updated', { restricted: true })).toBe(undefined);
});

it('tells each value of a customer, of fields named like anything', () => {
  expect(changedParts('customer.updated', { from: { from: 1, to: 2 }, city: { from: null, to: 'SH' } })).toEqual([
    { place: ['from'], from: 1, to: 2 },
    { place: ['city'], from: null, to: 'SH' },
  ]);
});

it('tells what is not the same in settings, and goes into those that hold settings', () => {
  const from = { label: 'A', labels: { en: 'A' }, validation: { min: 1 }, required: true, rule: { '>': [1, 2] } };
  const to = { label: 'A', labels: { en: 'B' }, validation: {}, required: false, rule: { '>': [1, 3] } };
  expect(changedParts('field.updated', { from, to })).toEqual([
    { place: ['labels', 'en'], from: 'A', to: 'B' },
    { place: ['validation', 'min'], from: 1, to: null },
    { place: ['required'], from: true, to: false },
    { place: ['rule'], from: { '>': [1, 2] }, to: { '>': [1, 3] } },
  ]);
});

it('tells of what is new all that was said of it, and nothing before', () => {
  const to = { name: 'VIP', description: '', tags: [], active: true, isShared: false, attributes: { city: 'SH' } };
  expect(changedParts('segment.created', { to })).toEqual(changedParts('segment.created', { from: null, to }));
  expect(changedParts('segment.created', { from: null, to })).toEqual([
    { place: ['name'], from: undefined, to: 'VIP' },
    { place: ['active'], from: undefined, to: true },
    { place: ['attributes', 'city'], from: undefined, to: 'SH' },
  ]);
});

it('tells what is gone', () => {
  expect(changedParts('event.deleted', { event: { id: 'e', type: 'order' }, from: { amount: 5 }, to: null })).toEqual([
    { place: ['amount'], from: 5, to: null },
    { place: ['event'], to: { id: 'e', type: 'order' } },
  ]);
});

it('tells plain changes one by one, and what stands beside a move too', () => {
  expect(changedParts('job.started', { kind: 'demo.load', total: null })).toEqual([
    { place: ['kind'], to: 'demo.load' },
  ]);
  expect(changedParts('user.updated', { from: { name: 'A' }, to: { name: 'A' }, passwordChanged: true })).toEqual([
    { place: ['passwordChanged'], to: true },
  ]);
});

it('tells nothing of what holds nothing', () => {
  expect(changedParts('customer.erased', {})).toEqual([]);
  expect(changedParts('user.signed-in', null)).toEqual([]);
});
