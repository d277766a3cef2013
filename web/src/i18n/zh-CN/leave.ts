/** The question before leaving unsaved changes, in Chinese. */
export const leave = {
  title: '离开前要放弃修改吗？',
  message: '这里有尚未保存的修改，离开后将丢失。',
  confirm: '放弃修改并离开',
  stay: '留在本页',
};
