import type { Messages } from '../zh-CN.ts';

/** Texts of what a form is tried with, in English. */
export const trial: Messages['trial'] = {
  label: 'What the form begins with',
  starts: { empty: 'An empty form', sample: 'Sample data', customer: 'A customer' },
  another: 'Another sample',
  customer: 'Choose a customer',
  customerPlaceholder: 'Search by name, phone …',
  asRoleUnseen: 'This role does not see this customer.',
  chooseFirst: 'Choose a customer first.',
  gone: 'There is no such customer; it may have been erased.',
};
