import { sentence } from '@kequn/rules';
import { field, option } from '../parts.ts';
import type { TemplateField } from '../template.ts';

const who: readonly TemplateField[] = [
  field('name', 'TEXT', ['姓名', 'Name'], { required: true, validation: { maxLength: 40 } }),
  field('member_no', 'TEXT', ['会员编号', 'Member number'], {
    required: true,
    unique: true,
    validation: {
      pattern: '^M[0-9]{6}$',
      message: sentence('会员编号是 M 加六位数字', 'A member number is M and six digits'),
    },
  }),
  field('phone', 'PHONE', ['手机', 'Mobile phone'], { sensitive: true }),
  field('email', 'EMAIL', ['邮箱', 'Email'], { sensitive: true }),
];

const geographic: readonly TemplateField[] = [
  field('region', 'REGION', ['所在地区', 'Region']),
  field('city_tier', 'SELECT', ['城市级别', 'City tier'], {
    options: [
      option('first', '一线城市', 'First tier'),
      option('new_first', '新一线城市', 'New first tier'),
      option('second', '二线城市', 'Second tier'),
      option('third', '三线及以下', 'Third tier and below'),
    ],
  }),
];

const demographic: readonly TemplateField[] = [
  field('gender', 'SELECT', ['性别', 'Sex'], {
    options: [option('female', '女', 'Female'), option('male', '男', 'Male')],
  }),
  field('birthday', 'DATE', ['生日', 'Birthday'], { sensitive: true, validation: { min: '1900-01-01' } }),
  field('occupation', 'SELECT', ['职业', 'Occupation'], {
    options: [
      option('student', '学生', 'Student'),
      option('office', '公司职员', 'Office worker'),
      option('engineer', '技术人员', 'Engineer'),
      option('manager', '企业管理者', 'Manager'),
      option('professional', '医生、教师、律师', 'Doctor, teacher, lawyer'),
      option('public', '公务员', 'Public servant'),
      option('service', '服务业人员', 'Service worker'),
      option('self_employed', '个体经营者', 'Self-employed'),
      option('retired', '退休人员', 'Retired'),
    ],
  }),
  field('income', 'MONEY', ['年收入', 'Yearly income'], { sensitive: true, validation: { min: 0, decimals: 0 } }),
];

const psychographic: readonly TemplateField[] = [
  field('interests', 'MULTI_SELECT', ['兴趣爱好', 'Interests'], {
    options: [
      option('sports', '运动健身', 'Sports and fitness'),
      option('outdoor', '户外露营', 'Outdoors'),
      option('travel', '旅行', 'Travel'),
      option('food', '美食', 'Food'),
      option('fashion', '时尚', 'Fashion'),
      option('parenting', '亲子', 'Parenting'),
      option('gadgets', '数码科技', 'Gadgets'),
      option('reading', '阅读', 'Reading'),
      option('gardening', '园艺养生', 'Gardening and wellness'),
    ],
  }),
  field('shopping_style', 'SELECT', ['消费观', 'Shopping style'], {
    options: [
      option('price', '看重实惠', 'Value for money'),
      option('quality', '看重品质', 'Quality first'),
      option('brand', '认准品牌', 'True to brands'),
      option('novelty', '喜欢尝新', 'Likes what is new'),
    ],
  }),
];

const behavioural: readonly TemplateField[] = [
  field('channel', 'SELECT', ['常用渠道', 'Usual channel'], {
    options: [
      option('store', '门店', 'Shop', '#c9701c'),
      option('app', 'APP', 'App', '#3b82d6'),
      option('mini_program', '小程序', 'Mini program', '#2f9e5f'),
      option('livestream', '直播间', 'Livestream', '#d1559a'),
      option('marketplace', '电商平台', 'Marketplace', '#6b74e0'),
    ],
  }),
  field('categories', 'MULTI_SELECT', ['偏好品类', 'Favourite categories'], {
    options: [
      option('apparel', '服饰鞋包', 'Clothing and bags'),
      option('beauty', '美妆个护', 'Beauty and care'),
      option('home', '家居生活', 'Home'),
      option('groceries', '食品生鲜', 'Groceries'),
      option('electronics', '数码家电', 'Electronics'),
      option('baby', '母婴用品', 'Mother and baby'),
      option('sporting', '运动户外', 'Sporting goods'),
      option('health', '营养保健', 'Health'),
    ],
  }),
  field('last_visit', 'DATETIME', ['最近到访', 'Last visit']),
  field('last_purchase', 'DATE', ['最近购买', 'Last purchase']),
  field('orders', 'NUMBER', ['近一年订单数', 'Orders in a year'], { validation: { min: 0, decimals: 0 } }),
];

const valued: readonly TemplateField[] = [
  field('spend', 'MONEY', ['近一年消费额', 'Spend in a year'], {
    validation: {
      min: 0,
      rule: {
        or: [{ '==': [{ var: 'spend' }, null] }, { '==': [{ var: 'spend' }, 0] }, { '>': [{ var: 'orders' }, 0] }],
      },
      message: sentence('有消费额就应有订单', 'Where something was spent there are orders'),
    },
  }),
  field('tier', 'SELECT', ['会员等级', 'Membership tier'], {
    options: [
      option('basic', '普通会员', 'Basic', '#7d8896'),
      option('silver', '银卡', 'Silver', '#1f9aa0'),
      option('gold', '金卡', 'Gold', '#a67f00'),
      option('diamond', '钻石卡', 'Diamond', '#a259d9'),
    ],
  }),
];

const needed: readonly TemplateField[] = [
  field('needs', 'MULTI_SELECT', ['主要需求', 'Main needs'], {
    options: [
      option('discount', '优惠促销', 'Discounts'),
      option('advice', '选购建议', 'Advice on products'),
      option('delivery', '快速送达', 'Quick delivery'),
      option('after_sales', '售后保障', 'Service after the sale'),
      option('gift', '送礼方案', 'Gifts'),
      option('news', '新品资讯', 'News of products'),
    ],
  }),
  field('satisfaction', 'RATING', ['满意度', 'Satisfaction']),
  field('marketing_consent', 'BOOLEAN', ['同意接收营销信息', 'Agrees to marketing']),
];

const lifecycle: readonly TemplateField[] = [
  field('member_since', 'DATE', ['入会日期', 'Member since']),
  field('lifecycle', 'SELECT', ['生命周期', 'Life cycle'], {
    options: [
      option('prospect', '潜在客户', 'Prospect', '#7d8896'),
      option('first_purchase', '首购客户', 'First purchase', '#3b82d6'),
      option('active', '活跃客户', 'Active', '#2f9e5f'),
      option('silent', '沉默客户', 'Silent', '#a67f00'),
      option('lost', '流失客户', 'Lost', '#d64545'),
      option('won_back', '挽回客户', 'Won back', '#1f9aa0'),
    ],
  }),
  field('churn_risk', 'PERCENT', ['流失风险', 'Risk of leaving'], { validation: { min: 0, max: 100, decimals: 1 } }),
];

/** What the retailer knows of a customer, by the seven ways of dividing customers. */
export const fields: readonly TemplateField[] = [
  ...who,
  ...geographic,
  ...demographic,
  ...psychographic,
  ...behavioural,
  ...valued,
  ...needed,
  ...lifecycle,
];
