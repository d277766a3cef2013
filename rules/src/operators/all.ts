import { sentence } from '../locale.ts';

/** Why there is no `all`, which reads like `has_all` and is not. */
export const whyNotAll = sentence(
  'all 的意思是客户的每个选项都在列表中；要问列表中的每一项客户是否都有，请用 has_all',
  '“all” says that every option of the customer is in the list; to ask for every one of the list, use has_all',
);
