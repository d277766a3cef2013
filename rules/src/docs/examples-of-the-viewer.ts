import { v, type Chapter } from './example.ts';

/** Whoever looks on. */
export const viewer: Chapter = {
  heading: 'The viewer',
  about:
    'In the filters of lists and in previews alone, which are asked by somebody: not in the rules of segments, fields and forms, and not inside `filter`.',
  examples: {
    me: {
      means:
        '`id` is the user who asks; any other key is an attribute of that user, of the type that its place asks for. One that is not there, or is of another type, is empty. In the place of the list of `in`, `has_any`, `has_all`, `has_none` and `within_region` an attribute is a list: a single value counts as a list of one, what is of another type is left out. Below, 王芳 asks.',
      rule: { '==': [v('owner'), { me: ['id'] }] },
      rows: [
        [{ owner: '018f0000-0000-7000-8000-000000000001' }, true],
        [{ owner: '018f0000-0000-7000-8000-000000000002' }, false],
      ],
    },
  },
};
