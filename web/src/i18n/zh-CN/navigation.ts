/** Texts of the navigation, in Chinese. */
export const navigation = {
  label: '主导航',
  customers: '客户',
  segments: '分群',
  forms: '表单',
  fields: '字段',
  'event-types': '行为',
  users: '用户',
  audit: '审计',
  access: '权限',
  privacy: '隐私',
  account: '账户',
  language: '语言',
  changePassword: '修改密码',
  signOut: '退出登录',
  collapse: '收起导航',
  expand: '展开导航',
};
