import type { Locale } from '@kequn/rules';

/** What the pages of public forms say that their authors do not. */
export interface PageWords {
  readonly submit: string;
  readonly sent: string;
  readonly again: string;
  readonly gone: string;
  readonly password: string;
  readonly passwordWrong: string;
  readonly open: string;
  readonly yes: string;
  readonly no: string;
  readonly choose: string;
  readonly problems: string;
  readonly required: string;
  /** That it is required while this option is chosen. */
  requiredWith(option: string): string;
  readonly needsScript: string;
  /** By which clocks times are entered. */
  zone(timeZone: string): string;
  /** The name of the language in itself. */
  readonly language: string;
  readonly fileNeedsScript: string;
}

/** The same in every language. */
export const pageWords: Readonly<Record<Locale, PageWords>> = {
  'zh-CN': {
    submit: '提交',
    sent: '已提交，谢谢！',
    again: '再填一份',
    gone: '这个表单不存在，或现在不能填写',
    password: '请输入密码',
    passwordWrong: '密码不对',
    open: '打开表单',
    yes: '是',
    no: '否',
    choose: '请选择',
    problems: '有内容需要改正',
    required: '必填',
    requiredWith: (option) => `选“${option}”时必填`,
    needsScript: '请打开浏览器的 JavaScript 后再填写',
    zone: (timeZone) => `时间按 ${timeZone} 时区填写`,
    language: '简体中文',
    fileNeedsScript: '上传文件需要打开浏览器的 JavaScript',
  },
  en: {
    submit: 'Submit',
    sent: 'Sent. Thank you!',
    again: 'Fill another one',
    gone: 'There is no such form, or it cannot be filled now',
    password: 'Please enter the password',
    passwordWrong: 'This is not the password',
    open: 'Open the form',
    yes: 'Yes',
    no: 'No',
    choose: 'Please choose',
    problems: 'Some entries need correction',
    required: 'required',
    requiredWith: (option) => `required with “${option}”`,
    needsScript: 'Please switch on JavaScript in your browser to fill this form',
    zone: (timeZone) => `By the clocks of ${timeZone}`,
    language: 'English',
    fileNeedsScript: 'Please switch on JavaScript in your browser to upload files',
  },
};
