import type { Json } from '@kequn/rules';
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { vi } from 'vitest';
import { h, type Component, type Plugin } from 'vue';
import { createMemoryHistory, createRouter, RouterView } from 'vue-router';
import { installApi } from '../api/client.ts';
import { installFiles } from '../field-kit/install-files.ts';
import { speak } from '../i18n/locale.ts';
import { fakeSockets, type FakeSockets } from './fake-socket.ts';

/** What the server answers, by the name of the operation; `errors` as GraphQL tells them. */
export type Answers = Readonly<
  Record<string, (variables: Readonly<Record<string, Json>>) => { data?: Json; errors?: Json } | undefined>
>;

/** A page on screen, with the calls that it made. */
export interface MountedPage {
  readonly page: VueWrapper;
  readonly calls: { readonly operation: string; readonly variables: Readonly<Record<string, Json>> }[];
  readonly sockets: FakeSockets;
}

/** Shows a component as the app would, in English, before a server that gives these answers. */
export async function mountPage(
  component: Component,
  props: Readonly<Record<string, unknown>>,
  answers: Answers,
): Promise<MountedPage> {
  await speak('en');
  const calls: MountedPage['calls'] = [];
  const sockets = fakeSockets();
  vi.stubGlobal('fetch', async (_url: string, { body }: { body: string }) => {
    const { query, variables = {} } = JSON.parse(body) as { query: string; variables?: Readonly<Record<string, Json>> };
    const operation = /(?:query|mutation) (\w+)/.exec(query)?.[1] ?? '';
    calls.push({ operation, variables });
    const answer = answers[operation]?.(variables) ?? {
      errors: [{ message: `No answer to ${operation}`, extensions: { code: 'INTERNAL' } }],
    };
    return new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } });
  });
  const others = [
    'customers',
    'customer',
    'customer-new',
    'duplicates',
    'segments',
    'segment',
    'segment-new',
    'forms',
    'form',
    'form-answers',
    'reviews',
    'fields',
    'templates',
    'access',
    'audit',
    'privacy',
  ];
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: { render: () => h(component, props) } },
      ...others.map((name) => ({ path: `/${name}/:id?`, name, component: { render: () => null } })),
    ],
  });
  await router.push('/');
  const api: Plugin = {
    install: (app) => {
      installApi(app, () => undefined);
      installFiles(app);
    },
  };
  const page = mount(RouterView, { attachTo: document.body, global: { plugins: [createPinia(), api, router] } });
  await flushPromises();
  return { page, calls, sockets };
}

/** The fields and users that most pages ask for first. */
export const commonAnswers: Answers = {
  Colleagues: () => ({ data: { users: [{ __typename: 'User', id: 'u1', name: 'Li Wei' }] } }),
  EventTypes: () => ({ data: { eventTypes: [] } }),
  SegmentKeys: () => ({ data: { segments: [] } }),
  Fields: () => ({
    data: {
      fields: [
        fieldAnswer('name', 'TEXT', 'Name', { required: true }),
        fieldAnswer('age', 'NUMBER', 'Age', { validation: { min: 0 } }),
        fieldAnswer('vip', 'BOOLEAN', 'VIP'),
      ],
    },
  }),
};

/** A field as the server tells it, with these parts unlike those of a plain one. */
export function fieldAnswer(
  key: string,
  type: string,
  label: string,
  parts: Readonly<Record<string, Json>> = {},
): Json {
  return {
    __typename: 'Field',
    key,
    type,
    valueType: 'TEXT',
    formula: null,
    released: false,
    job: null,
    version: 1,
    system: false,
    label,
    labels: { en: label },
    help: null,
    options: [],
    validation: {},
    required: false,
    unique: false,
    sensitive: false,
    archived: false,
    access: 'WRITE',
    ...parts,
  };
}
