import { sentence } from '@kequn/rules';
import { ask, computed, page, section, the } from '../parts.ts';
import { fields as known } from '../retail/fields.ts';
import { segments as dividing } from '../retail/segments.ts';
import type { TemplateField, TradeTemplate } from '../template.ts';

/** A field of the retailer of the demo; a shop that begins may not know it of everybody. */
function shared(key: string): TemplateField {
  const found = known.find((each) => each.key === key)!;
  return { ...found, required: key === 'name' };
}

const keys = [
  'name',
  'member_no',
  'phone',
  'email',
  'gender',
  'birthday',
  'region',
  'interests',
  'channel',
  'categories',
  'last_purchase',
  'orders',
  'spend',
  'tier',
  'needs',
  'satisfaction',
  'marketing_consent',
  'member_since',
];

const average = computed('average_order', ['平均客单价', 'Average order'], { '/': [the('spend'), the('orders')] });

const pages = [
  page(
    ['会员', 'Member'],
    [
      section(
        ['基本资料', 'Who it is'],
        [
          [ask('name'), ask('phone', { required: true }), ask('gender')],
          [
            ask('member_no', { help: sentence('会员卡上的号码', 'As it stands on the card') }),
            ask('member_since', { default: { today: [] } }),
            ask('birthday', { help: sentence('用于寄送生日礼券', 'A coupon is sent for it') }),
          ],
        ],
      ),
      section(
        ['联系与营销', 'Contact'],
        [
          [ask('region'), ask('marketing_consent')],
          [
            ask('email', {
              visibleWhen: { '==': [the('marketing_consent'), true] },
              help: sentence('同意接收营销信息时填写', 'Asked of those who agree to marketing'),
            }),
          ],
        ],
      ),
    ],
  ),
  page(
    ['消费', 'Purchases'],
    [
      section(
        ['近一年', 'Within a year'],
        [
          [ask('orders'), ask('spend', { requiredWhen: { '>': [the('orders'), 0] } }), ask('average_order')],
          [
            ask('last_purchase', {
              visibleWhen: { '>': [the('orders'), 0] },
              requiredWhen: { '>': [the('orders'), 0] },
            }),
            ask('tier', { default: 'basic' }),
            ask('channel'),
          ],
        ],
      ),
      section(
        ['偏好', 'Taste'],
        [
          [ask('categories'), ask('interests')],
          [ask('needs'), ask('satisfaction')],
        ],
      ),
    ],
  ),
];

const wanted = new Set(['high_value', 'birthday_soon', 'silent_90_days', 'newcomers', 'needs_service']);

/** A shop with members. */
export const retail: TradeTemplate = {
  key: 'retail',
  name: sentence('零售会员', 'Retail members'),
  trade: sentence('零售', 'Retail'),
  description: sentence(
    '会员建档、消费记录与偏好；分出高价值、生日将近、久未购买的会员，及时维护。',
    'Members, what they buy and like; tells who is valuable, has a birthday soon, or has not bought for long.',
  ),
  fields: [...keys.map(shared), average],
  form: { name: sentence('会员登记', 'Member registration'), layout: { pages } },
  segments: dividing.filter(({ key }) => wanted.has(key)),
};
