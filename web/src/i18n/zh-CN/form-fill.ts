/** Texts of forms that a form shows while it is filled, in Chinese. */
export const formFill = {
  part: {
    page: (number: string) => `第 ${number} 页`,
    section: (number: string) => `分区 ${number}`,
    text: (words: string) => `文字“${words}”`,
    textEmpty: '空白文字',
    picture: (words: string) => `图片“${words}”`,
    pictureUntold: '图片',
    divider: '分隔线',
    field: '字段',
    placeOfItem: (place: string, count: string, column: string, section: string, page: string) =>
      `第 ${place} 位，共 ${count} 项，第 ${column} 列，${section}，${page}`,
    placeOfSection: (place: string, count: string, page: string) => `第 ${place} 个分区，共 ${count} 个，${page}`,
    placeOfPage: (place: string, count: string) => `第 ${place} 页，共 ${count} 页`,
    and: (name: string, others: number) => `${name} 等 ${others + 1} 项`,
    menu: (name: string) => `${name} 操作`,
    move: (name: string) => `移动“${name}”`,
    dragHint: '拖动；或按空格拿起，用方向键移动',
  },
  fill: {
    label: '填写表单',
    progress: (page: string, count: string) => `第 ${page} 页，共 ${count} 页`,
    next: '下一页',
    previous: '上一页',
    submit: '提交',
    problems: (count: number) => `有 ${count} 处需要修改`,
    faulty: '这个表单有问题，暂时不能填写。',
    empty: '表单上还没有内容。',
    computed: '自动计算',
    readOnly: '只读',
    onPage: (page: string) => `已到${page}`,
  },
};
