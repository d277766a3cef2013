import type { Messages } from '../zh-CN.ts';
import { nounOf } from './nouns.ts';

/** Texts of the templates by trade, in English. */
export const templates: Messages['templates'] = {
  title: 'Start from a template',
  lead: 'Choose the trade that is nearest: fields, a form and segments are made at once, and all of it can be changed.',
  look: 'See what it makes',
  lookAt: (name) => `See what the template “${name}” makes`,
  back: 'All templates',
  apply: 'Use this template',
  forbidden: 'To use a template you need the rights to manage fields, forms and segments: ask an administrator.',
  nothingDone: 'Nothing was made.',
  counts: {
    fields: (count) => nounOf(count, 'field', 'fields'),
    forms: (count) => nounOf(count, 'form', 'forms'),
    segments: (count) => nounOf(count, 'segment', 'segments'),
  },
  ready: 'Your template is ready',
  made: (what) => `Made: ${what}`,
  nothingMade: 'All of it was there, so nothing was made.',
  keptSome: (count) => `${nounOf(count, 'thing that was there stays', 'things that were there stay')} as before.`,
  renamed: (keys) => `Where the key was taken another one is used: ${keys}.`,
  toCustomer: 'Enter a customer',
  toForm: 'See the form',
  toSegments: 'See the segments',
  toFields: 'See the fields',
  fields: (count) => `Fields (${count})`,
  fieldThere: 'You have it',
  form: (name) => `Form “${name}”`,
  page: (number, title) => `${number}. ${title}`,
  conditional: 'By a condition',
  segments: (count) => `Segments (${count})`,
  segmentThere: 'You have it',
};
