/** Texts of tables, in Chinese. */
export const grid = {
  selectAll: '选中已加载的全部客户',
  selectRow: (name: string) => `选中 ${name}`,
  hint: '用方向键在单元格间移动，Alt+↓ 打开列的菜单，Shift+Alt+← → 调整列宽。',
  menu: (column: string) => `“${column}”列的操作`,
  acts: {
    ascending: '升序',
    descending: '降序',
    none: '不排序',
    pin: '固定在左侧',
    unpin: '取消固定',
    left: '左移',
    right: '右移',
    wider: '加宽（Shift+Alt+→）',
    narrower: '收窄（Shift+Alt+←）',
    hide: '隐藏此列',
  },
  copied: '已复制',
  isWide: (column: string, pixels: string) => `“${column}”宽 ${pixels} 像素`,
  isPinned: (column: string) => `“${column}”已固定在左侧`,
  isLoose: (column: string) => `“${column}”不再固定`,
  isHidden: (column: string) => `“${column}”已隐藏`,
};
