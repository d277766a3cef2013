import 'element-plus/theme-chalk/el-button.css';
import 'element-plus/theme-chalk/el-message-box.css';
import 'element-plus/theme-chalk/el-overlay.css';

/** What a question before an act that loses something says. */
export interface Question {
  readonly title: string;
  readonly message: string;
  readonly confirm: string;
  readonly cancel: string;
}

/** Asks and answers whether to go on. The dialogue is loaded when there is first something to ask. */
export async function confirmed(question: Question): Promise<boolean> {
  const { ElMessageBox } = await import('element-plus/es/components/message-box/index.mjs');
  return ElMessageBox.confirm(question.message, question.title, {
    confirmButtonText: question.confirm,
    cancelButtonText: question.cancel,
    confirmButtonType: 'danger',
    closeOnClickModal: false,
  }).then(
    () => true,
    () => false,
  );
}
