/** Texts of two who edit at once, in Chinese. */
export const conflict = {
  title: '别人刚刚保存过',
  message: '你编辑期间，这里已被别人保存。下面是不同之处，请逐项选择保留哪一个。',
  mine: '我的',
  theirs: '对方的',
  keepAllMine: '全部保留我的',
  takeAllTheirs: '全部采用对方的',
  save: '按选择保存',
  nothing: '别人的修改与你的不冲突，可以直接保存。',
  empty: '（空）',
};
