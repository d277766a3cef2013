import 'element-plus/theme-chalk/el-badge.css';
import 'element-plus/theme-chalk/el-message.css';

/** A short message that goes away by itself. Its component is loaded when there is first something to tell. */
export async function toast(message: string, kind: 'success' | 'error' = 'success'): Promise<void> {
  const { ElMessage } = await import('element-plus/es/components/message/index.mjs');
  // The last thing that happened is what matters; older messages would only cover the page.
  ElMessage.closeAll();
  ElMessage({ message, type: kind, duration: kind === 'error' ? 8_000 : 4_000, showClose: kind === 'error' });
}
