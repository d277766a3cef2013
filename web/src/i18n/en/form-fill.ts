import type { Messages } from '../zh-CN.ts';
import { counted } from './nouns.ts';

/** Texts of forms that a form shows while it is filled, in English. */
export const formFill: Pick<Messages['forms'], 'part' | 'fill'> = {
  part: {
    page: (number) => `Page ${number}`,
    section: (number) => `Section ${number}`,
    text: (words) => `Text “${words}”`,
    textEmpty: 'Empty text',
    picture: (words) => `Picture “${words}”`,
    pictureUntold: 'Picture',
    divider: 'Divider',
    field: 'Field',
    placeOfItem: (place, count, column, section, page) =>
      `place ${place} of ${count} in column ${column} of ${section}, ${page}`,
    placeOfSection: (place, count, page) => `section ${place} of ${count} on ${page}`,
    placeOfPage: (place, count) => `page ${place} of ${count}`,
    and: (name, others) => `${name} and ${counted(others, 'other', 'others')}`,
    menu: (name) => `${name} actions`,
    move: (name) => `Move “${name}”`,
    dragHint: 'Drag; or press Space to pick up and move with the arrows',
  },
  fill: {
    label: 'Fill in the form',
    progress: (page, count) => `Page ${page} of ${count}`,
    next: 'Next',
    previous: 'Back',
    submit: 'Submit',
    problems: (count) => `${counted(count, 'entry needs', 'entries need')} another look`,
    faulty: 'Something is wrong with this form; it cannot be filled at present.',
    empty: 'There is nothing on the form yet.',
    computed: 'Computed',
    readOnly: 'Read-only',
    onPage: (page) => `Now on ${page}`,
  },
};
