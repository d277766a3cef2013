/** Texts of the first steps, in Chinese. */
export const firstSteps = {
  title: '三步开始',
  step: (number: number, title: string) => `${number}. ${title}`,
  orTemplate: '也可以从一个行业的模板开始，字段、表单和分群一次建好：',
  done: '已完成',
  describe: { title: '描述', why: '定义要记录客户的哪些内容，如城市、生日、消费额。', act: '去定义字段' },
  enter: { title: '录入', why: '按定义好的字段录入客户，之后随时可以修改。', act: '录入一位客户' },
  divide: { title: '划分', why: '用条件圈出一群客户，成员随资料变化自动更新。', act: '建立一个分群' },
};
