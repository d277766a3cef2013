/** Texts of forms as files, in Chinese. */
export const formsExchange = {
  export: '导出为文件',
  exported: (file: string) => `已导出 ${file}，含表单用到的字段`,
  import: '从文件导入',
  importTitle: '从文件导入表单',
  importLead: '选择从本系统导出的表单文件（.json）。标识和类型相同的字段直接使用，缺少的字段会新建；表单先存为草稿。',
  choose: '选择文件…',
  chooseOther: '换一个文件…',
  noForm: '文件里没有表单：请选择从“表单”导出的文件。',
  refused: '没有导入，什么都没有新建：',
  imported: (name: string) => `已导入“${name}”`,
};
