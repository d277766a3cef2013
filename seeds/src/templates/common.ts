import type { TemplateField } from '../template.ts';
import { field, option, type TwoNames } from '../parts.ts';

/* What several trades ask alike: who applies two templates has one field of each. */

/** The name of a person. */
export const personName = (names: TwoNames): TemplateField =>
  field('name', 'TEXT', names, { required: true, validation: { maxLength: 40 } });

/** The mobile phone by which a customer is reached. */
export const phone = field('phone', 'PHONE', ['手机', 'Mobile phone'], { sensitive: true });

/** The address of a customer's mails. */
export const email = field('email', 'EMAIL', ['邮箱', 'Email'], { sensitive: true });

/** Sex, as it stands on an identity card. */
export const gender = field('gender', 'SELECT', ['性别', 'Sex'], {
  options: [option('female', '女', 'Female'), option('male', '男', 'Male')],
});

/** The day of birth. */
export const birthday = field('birthday', 'DATE', ['生日', 'Birthday'], {
  sensitive: true,
  validation: { min: '1900-01-01' },
});

/** How a customer came to know of the business. */
export const source = field('source', 'SELECT', ['客户来源', 'How they found us'], {
  options: [
    option('walk_in', '自己上门', 'Walked in', '#c9701c'),
    option('referral', '熟人介绍', 'Recommended', '#2f9e5f'),
    option('search', '网络搜索', 'Web search', '#3b82d6'),
    option('social', '小红书、抖音、朋友圈', 'Social media', '#d1559a'),
    option('event', '展会或活动', 'Fair or event', '#6b74e0'),
    option('partner', '合作渠道', 'Partner', '#1f9aa0'),
    option('other', '其他', 'Other', '#7d8896'),
  ],
});

/** How content a customer is. */
export const satisfaction = field('satisfaction', 'RATING', ['满意度', 'Satisfaction']);
