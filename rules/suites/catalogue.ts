import {
  catalogueOf,
  eventProperty,
  momentAt,
  type AskingViewer,
  type Catalogue,
  type EventTypeDefinition,
  type FieldDefinition,
  type FieldType,
  type Moment,
} from '../src/index.ts';

/** Who asks in suites: attributes of each type, and one that no rule can read. */
export const suiteViewer: AskingViewer = {
  id: '018f0000-0000-7000-8000-000000000001',
  attributes: {
    city: ' 张三 ',
    target: 70,
    manages: true,
    since: '2026-03-01',
    seen: '2026-03-01T01:04:05.678+08:00',
    contract: 'one_year',
    region: '440305',
    deputy: '018F0000-0000-7000-8000-000000000002',
    team: { name: 'a' },
    regions: ['440000', '110105', 7, 'x'],
    cities: [' 上海', '张三'],
    levels: [70, 'x', 100],
    contracts: ['one_year', 'monthly', 5],
    nothing: [],
  },
};

/** When and by whom suites and generated rules are asked: 1 March 2026 in the early morning of the zone, still February in UTC. */
export const suiteMoment: Moment = momentAt('2026-02-28T17:04:05.678Z', 'Asia/Shanghai', suiteViewer);

/** The two users that suites know. */
export const suiteUsers: ReadonlyMap<string, string> = new Map([
  ['018f0000-0000-7000-8000-000000000001', '王芳'],
  ['018f0000-0000-7000-8000-000000000002', 'Ann Lee'],
]);

/** The divisions that suites know. */
export const suiteRegions: ReadonlyMap<string, string> = new Map([
  ['440000', '广东省'],
  ['440300', '广东省深圳市'],
  ['440305', '广东省深圳市南山区'],
  ['110105', '北京市朝阳区'],
]);

function field(
  key: string,
  type: FieldType,
  zh: string,
  en: string,
  options: readonly [string, string, string][] = [],
): FieldDefinition {
  return {
    key,
    type,
    label: zh,
    labels: { 'zh-CN': zh, en },
    options: options.map(([option, label, english]) => ({
      key: option,
      label,
      labels: { en: english },
      color: null,
      archived: false,
    })),
    validation: {},
    required: false,
    unique: false,
    archived: false,
  };
}

const contracts: readonly [string, string, string][] = [
  ['monthly', '按月', 'Month-to-month'],
  ['one_year', '一年', 'One year'],
  ['two_year', '两年', 'Two years'],
];

/** The fields that suites speak of, two of each type so that a field can be compared with another. */
export const suiteFields: readonly FieldDefinition[] = [
  field('city', 'TEXT', '城市', 'City'),
  field('home_town', 'TEXT', '籍贯', 'Home town'),
  field('charges', 'NUMBER', '月费', 'Monthly charges'),
  field('tenure', 'NUMBER', '在网月数', 'Tenure'),
  field('vip', 'BOOLEAN', '会员', 'VIP'),
  field('churned', 'BOOLEAN', '已流失', 'Churned'),
  field('contract', 'SELECT', '合约', 'Contract', contracts),
  field('last_contract', 'SELECT', '上次合约', 'Last contract', contracts),
  field('born', 'DATE', '生日', 'Born'),
  field('joined', 'DATE', '入网日', 'Joined'),
  field('region', 'REGION', '地区', 'Region'),
  field('birthplace', 'REGION', '出生地', 'Birthplace'),
  field('tags', 'MULTI_SELECT', '标签', 'Tags', contracts),
];

/** What customers of the suites do. */
export const suiteEvents: ReadonlyMap<string, EventTypeDefinition> = new Map(
  [
    {
      key: 'order',
      label: '订单',
      labels: { en: 'Order' },
      properties: [
        eventProperty('product', 'TEXT', '商品', { en: 'product' }),
        eventProperty('score', 'NUMBER', '评分', { en: 'score' }),
        eventProperty('paid', 'BOOLEAN', '已付款', { en: 'paid' }),
        eventProperty('delivered', 'DATE', '送达日', { en: 'delivery day' }),
      ],
    },
    { key: 'visit', label: '到店', labels: { en: 'Visit' }, properties: [] },
  ].map((type) => [type.key, type]),
);

/** The segments that suites know. */
export const suiteSegments: ReadonlyMap<string, string> = new Map([
  ['vip', '重要客户'],
  ['asleep', '沉睡客户'],
]);

/** The catalogue that suites and generated rules are checked against. */
export const suiteCatalogue: Catalogue = {
  ...catalogueOf(suiteFields, suiteUsers, 'Asia/Shanghai', suiteRegions),
  events: suiteEvents,
  segments: suiteSegments,
  viewer: true,
};
