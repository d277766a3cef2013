/** Texts of what a form is tried with, in Chinese. */
export const trial = {
  label: '预览的起始内容',
  starts: { empty: '空白表单', sample: '示例数据', customer: '已有客户' },
  another: '换一组示例',
  customer: '选择客户',
  customerPlaceholder: '输入姓名、电话等搜索',
  asRoleUnseen: '这个角色看不到这位客户。',
  chooseFirst: '请先选择一位客户。',
  gone: '找不到这位客户，可能已被删除。',
};
