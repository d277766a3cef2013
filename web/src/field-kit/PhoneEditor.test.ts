import type { FieldDefinition, Json } from '@kequn/rules';
import { mount, type VueWrapper } from '@vue/test-utils';
import { beforeEach, expect, it } from 'vitest';
import { defineComponent, h, shallowRef } from 'vue';
import { speak } from '../i18n/locale.ts';
import PhoneEditor from './PhoneEditor.vue';

const field = { key: 'tel', type: 'PHONE', validation: {}, options: [] } as unknown as FieldDefinition;

/** The editor as a form has it: what it tells is given back to it. */
function show(value: Json, of = field): { page: VueWrapper; told: () => Json; input: HTMLInputElement } {
  const model = shallowRef<Json>(value);
  const Form = defineComponent({
    setup: () => () =>
      h(PhoneEditor, {
        field: of,
        modelValue: model.value,
        'onUpdate:modelValue': (next: Json) => (model.value = next),
      }),
  });
  const page = mount(Form);
  return { page, told: () => model.value, input: page.find('input[type=tel]').element as HTMLInputElement };
}

function countryOf(page: VueWrapper): string | undefined {
  return page.find('button').attributes('aria-label');
}

beforeEach(() => speak('en'));

it('a number is told in E.164 and written as in its country once it is left', async () => {
  const { page, told, input } = show(null);
  input.value = '13812345678';
  await page.find('input[type=tel]').trigger('input');
  expect([told(), input.value]).toEqual(['+8613812345678', '13812345678']);
  await page.find('input[type=tel]').trigger('change');
  expect([told(), input.value]).toEqual(['+8613812345678', '138 1234 5678']);
  await page.find('input[type=tel]').setValue('');
  expect(told()).toBeNull();
});

it('a number of another country that is pasted brings its country with it', async () => {
  const { page, told, input } = show(null);
  await page.find('input[type=tel]').trigger('paste');
  await page.find('input[type=tel]').setValue('+44 20 7946 0958');
  expect([countryOf(page), told(), input.value]).toEqual([
    'Country or region: United Kingdom +44',
    '+442079460958',
    '020 7946 0958',
  ]);
});

it('what is stored is shown with its country, and an empty one with that of the field', () => {
  expect(countryOf(show('+12133734253').page)).toBe('Country or region: United States +1');
  const british = { ...field, validation: { country: 'GB' } };
  expect(countryOf(show(null, british).page)).toBe('Country or region: United Kingdom +44');
});
