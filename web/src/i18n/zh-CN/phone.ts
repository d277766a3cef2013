/** Texts of entering phone numbers, in Chinese. */
export const phone = {
  country: (name: string, code: string) => `国家或地区：${name} +${code}`,
  choose: '选择国家或地区',
  search: '名称、拼音或区号',
  none: '没有找到',
  home: '默认国家或地区',
  homeHint: '没有写国际区号的号码，按这个国家或地区处理。',
};
