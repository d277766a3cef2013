import type { Messages } from '../zh-CN.ts';
import { nounOf } from './nouns.ts';

/** Texts of what a field becomes of another type, in English. */
export const conversion: Messages['conversion'] = {
  typeHint: 'Another type converts what customers have. When you save you see first what becomes of it, and decide.',
  title: (label) => `Change the type of “${label}”`,
  fromTo: (from, to) => `${from} → ${to}`,
  noValues: 'No customer has a value here yet: the type can be changed at once.',
  allConvert: (count) => `${nounOf(count, 'value', 'values')}, all of which convert.`,
  someFail: (all, failing) => `${nounOf(all, 'value', 'values')}, of which ${failing} cannot be converted.`,
  failing: (count) => `Cannot be converted: ${count}`,
  failingLead:
    'If you change the type all the same, these customers have nothing here any more. What they had is set aside, where you can look at it.',
  converting: (count) => `Can be converted: ${count}`,
  samplesLead: (count) => `${nounOf(count, 'example', 'different examples')} of them:`,
  before: 'Now',
  after: 'Becomes',
  reason: 'Why',
  proposed: (count) => `Add ${nounOf(count, 'text that does not convert', 'texts that do not convert')} as options`,
  understood: (count) =>
    `I know that ${nounOf(count, 'value is', 'values are')} set aside, and that these customers have nothing here any more`,
  byJob:
    'There are many customers, so the change goes on in the background: until it is done the field stays what it is, and you can cancel it.',
  convert: 'Change the type',
  convertForced: (count) => `Change, set ${count} aside`,
  done: (label, type) => `“${label}” is of type “${type}” now`,
  told: (converted, setAside) =>
    `${nounOf(converted, 'value was', 'values were')} converted, ${setAside} set aside. It can be undone for 30 days.`,
  underWay: (label) => `Changing the type of “${label}”`,
  begun: (label) => `The type of “${label}” is being changed; the page of fields shows how far it is`,
  undo: 'Undo the change',
  undoTitle: (type) => `Change the type back to “${type}”?`,
  undoMessage:
    'What was not touched since is as it was before, also what was set aside. What was entered since is converted back, or set aside where that cannot be done.',
  undone: (label, type) => `“${label}” is of type “${type}” again`,
  history: 'Changes of type',
  by: (name, when) => `${name}, ${when}`,
  isUndone: 'Undone',
  setAside: (count) => `${nounOf(count, 'value', 'values')} set aside`,
  showSetAside: 'Show what was set aside',
  setAsideTitle: 'What was set aside',
  setAsideLead: 'This did not become anything of the new type. Open a customer to enter it anew.',
  setAsideNone: 'Nothing is set aside, or these customers were erased.',
  openCustomer: 'Open customer',
  more: 'Show more',
  inUseTitle: 'The type cannot be changed yet',
  inUseMessage: 'These rules use the field as what it is now, and would have no meaning any more. Change them first.',
  removeOption: 'Remove…',
  removeTitle: (label) => `Remove option “${label}”`,
  removeNobody: 'No customer has it: it can be removed at once.',
  removeCount: (count) => `${nounOf(count, 'customer has', 'customers have')} it. What do they get?`,
  removeInto: 'They get',
  removeNone: 'Nothing',
  remove: 'Remove option',
  removing: (label) => `Removing option “${label}”`,
  optionInUseTitle: 'The option cannot be removed yet',
  optionInUseMessage: 'These rules ask for the option. Change them first.',
};
