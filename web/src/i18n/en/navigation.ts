import type { Messages } from '../zh-CN.ts';

/** Texts of the navigation, in English. */
export const navigation: Messages['navigation'] = {
  label: 'Main',
  customers: 'Customers',
  segments: 'Segments',
  forms: 'Forms',
  fields: 'Fields',
  'event-types': 'Events',
  users: 'Users',
  audit: 'Audit',
  access: 'Access',
  privacy: 'Privacy',
  account: 'Account',
  language: 'Language',
  changePassword: 'Change password',
  signOut: 'Sign out',
  collapse: 'Collapse navigation',
  expand: 'Expand navigation',
};
