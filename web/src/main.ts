import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { installApi } from './api/client.ts';
import { startLocale } from './i18n/locale.ts';
import { useSession } from './session/session.ts';
import App from './shell/App.vue';
import { createAppRouter } from './shell/router.ts';
import './ui/base.css';
import './ui/library.css';
import './ui/theme.css';

const app = createApp(App);
app.use(createPinia());
installApi(app, () => useSession().expire());
await startLocale();
await app.runWithContext(() => useSession().restore());
app.use(createAppRouter());
app.mount('#app');
