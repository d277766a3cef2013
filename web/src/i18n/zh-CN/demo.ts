/** Texts of the demo, in Chinese. */
export const demo = {
  offer: '想先看看效果？可以载入一家零售企业的演示数据：25 个字段、2,000 位客户和他们的订单与到店记录、14 个分群。',
  load: '载入演示数据',
  loading: '正在载入演示数据',
  loaded: '演示数据已载入',
};
