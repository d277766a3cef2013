import type { Rule } from '@kequn/rules';
import { segment, the } from '../parts.ts';
import type { TemplateSegment } from '../template.ts';

const whereAndWho: readonly TemplateSegment[] = [
  segment(
    'east_china',
    ['华东客户', 'East China'],
    [
      '按地区：门店最多的地方，新店开业与线下活动先通知他们。',
      'By region: most shops are here, so these hear first of openings and events.',
    ],
    { within_region: [the('region'), ['310000', '320000', '330000', '340000', '350000', '360000', '370000']] },
  ),
  segment(
    'metropolitan_wealth',
    ['一线高收入', 'Well-off in big cities'],
    ['按地区与收入：适合高端新品与私人导购。', 'By place and income: for premium products and personal advice.'],
    { and: [{ in: [the('city_tier'), ['first', 'new_first']] }, { '>=': [the('income'), 300_000] }] },
  ),
  segment(
    'young_women',
    ['年轻女性', 'Young women'],
    ['按性别与年龄：35 岁以下，服饰与美妆的主力。', 'By sex and age: under 35, the heart of clothing and beauty.'],
    { and: [{ '==': [the('gender'), 'female'] }, { '<': [{ years_since: [the('birthday')] }, 35] }] },
  ),
];

const tasteAndHabit: readonly TemplateSegment[] = [
  segment(
    'active_outdoors',
    ['运动户外爱好者', 'Sports and outdoors'],
    [
      '按兴趣：喜欢运动或户外；春秋两季的专题推给他们。',
      'By interest: likes sports or the outdoors; for the themes of spring and autumn.',
    ],
    { has_any: [the('interests'), ['sports', 'outdoor']] },
  ),
  segment(
    'quality_seekers',
    ['品质优先', 'Quality first'],
    [
      '按消费观：看重品质或品牌，不为优惠而来；讲工艺，少打折。',
      'By style: quality or brand matters, discounts do not; tell of craft rather than prices.',
    ],
    { and: [{ in: [the('shopping_style'), ['quality', 'brand']] }, { has_none: [the('needs'), ['discount']] }] },
  ),
  segment(
    'online_regulars',
    ['线上常客', 'Online regulars'],
    [
      '按行为：近 30 天来过，一年六单以上，习惯线上购买；适合会员日与 APP 专享价。',
      'By behaviour: here within 30 days, six online orders a year or more; for member days and prices in the app.',
    ],
    {
      and: [
        { in: [the('channel'), ['app', 'mini_program', 'livestream']] },
        { '>=': [the('orders'), 6] },
        { within_last: [the('last_visit'), 30, 'day'] },
      ],
    },
  ),
];

const worthAndNeed: readonly TemplateSegment[] = [
  segment(
    'high_value',
    ['高价值客户', 'High value'],
    [
      '按价值：一年消费两万以上或已是钻石卡；由专人维护。',
      'By value: spends 20,000 a year or holds the diamond card; looked after in person.',
    ],
    { or: [{ '>=': [the('spend'), 20_000] }, { '==': [the('tier'), 'diamond'] }] },
  ),
  segment(
    'needs_service',
    ['需要服务关怀', 'Needs care'],
    [
      '按需求：看重售后，或满意度不高于 2 星；先解决问题，再谈促销。',
      'By need: asks for service, or is content with two stars at most; help first, sell later.',
    ],
    { or: [{ has_any: [the('needs'), ['after_sales']] }, { '<=': [the('satisfaction'), 2] }] },
  ),
];

const stage: readonly TemplateSegment[] = [
  segment(
    'newcomers',
    ['新会员培育', 'Newcomers'],
    [
      '按生命周期：90 天内入会，最多买过一次；用首单礼与第二单券留住。',
      'By life cycle: a member for 90 days at most who bought once at most; won by a gift with the first order and a coupon for the second.',
    ],
    { and: [{ within_last: [the('member_since'), 90, 'day'] }, { '<=': [the('orders'), 1] }] },
  ),
  segment(
    'birthday_soon',
    ['30 天内生日', 'Birthday within 30 days'],
    [
      '按时间：生日将近且同意接收营销信息；提前寄出生日礼券。',
      'By time: a birthday ahead, and agrees to marketing; a coupon is sent beforehand.',
    ],
    { and: [{ '<=': [{ days_to_anniversary: [the('birthday')] }, 30] }, the('marketing_consent')] },
  ),
  segment(
    'silent_90_days',
    ['90 天未购买', 'Nothing bought for 90 days'],
    [
      '按生命周期：买过，但已 90 天以上没有再买；发送回归优惠。',
      'By life cycle: bought once, but not for more than 90 days; gets an offer to come back.',
    ],
    { '>': [{ days_since: [the('last_purchase')] }, 90] },
  ),
  segment(
    'valuable_leaving',
    ['高价值流失预警', 'Valuable and leaving'],
    [
      '按价值与生命周期：银卡以上、流失风险六成以上；优先电话回访。',
      'By value and life cycle: silver or more, and more likely than not to leave; called first.',
    ],
    { and: [{ in: [the('tier'), ['silver', 'gold', 'diamond']] }, { '>=': [the('churn_risk'), 60] }] },
  ),
];

/** The events of a type in so many days up to now, in a rule. */
const lately = (type: string, days: number): Rule => ({
  filter: [the(`events.${type}`), { within_last: [the('at'), days, 'day'] }],
});

const deeds: readonly TemplateSegment[] = [
  segment(
    'spent_5000_in_90_days',
    ['近 90 天下单满 5,000 元', '5,000 yuan in 90 days'],
    [
      '按行为：近 90 天的订单合计满 5,000 元；优先安排新品预览和专属客服。',
      'By behaviour: orders of 5,000 yuan in all within 90 days; first to see what is new, with an adviser of their own.',
    ],
    { '>=': [{ sum: [lately('order', 90), 'amount'] }, 5_000] },
  ),
  segment(
    'visited_without_order',
    ['30 天内到店但未下单', 'Visited within 30 days, ordered nothing'],
    [
      '按行为：近 30 天到过店，却没有下单；由导购回访，问问缺了什么。',
      'By behaviour: in a shop within 30 days, but no order since; asked by the shop what was missing.',
    ],
    { and: [{ '>=': [{ count: [lately('store_visit', 30)] }, 1] }, { '==': [{ count: [lately('order', 30)] }, 0] }] },
  ),
];

/** How the retailer divides its customers, by the seven ways and by several at once. */
export const segments: readonly TemplateSegment[] = [
  ...whereAndWho,
  ...tasteAndHabit,
  ...worthAndNeed,
  ...stage,
  ...deeds,
];
