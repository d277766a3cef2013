import type { FieldDefinition } from '@kequn/rules';
import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { speak } from '../i18n/locale.ts';
import RegionEditor from './RegionEditor.vue';

const field: FieldDefinition = {
  key: 'home',
  type: 'REGION',
  label: 'Home',
  labels: {},
  options: [],
  validation: {},
  required: false,
  unique: false,
  archived: false,
};

it('Enter belongs to the list of regions: a form around it is not sent by that', async () => {
  await speak('en');
  const { element } = mount(RegionEditor, { props: { field, modelValue: null }, attachTo: document.body });
  const pressed = new KeyboardEvent('keypress', { key: 'Enter', bubbles: true, cancelable: true });
  element.querySelector('input')!.dispatchEvent(pressed);
  expect(pressed.defaultPrevented).toBe(true);
});
