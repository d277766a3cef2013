/** Texts of the page on which anybody fills a public form. */
export const fill = {
  thanks: '已提交，谢谢！',
  again: '再填一份',
  continued: '已接着上次在这台设备上填写的内容。',
  startOver: '重新填写',
  agreeFirst: '请先同意',
};
