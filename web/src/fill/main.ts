import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { installApi } from '../api/client.ts';
import { loadCheckToolsFor } from '../field-kit/check-tools.ts';
import { speak } from '../i18n/locale.ts';
import '../ui/base.css';
import '../ui/library.css';
import '../ui/theme.css';
import './fill.css';
import FillApp from './FillApp.vue';
import { fillMessages } from './messages.ts';
import { loadForm } from './public-form.ts';

/** The page is there without us, as whoever runs no scripts fills it; where it holds a form we do the same with its rules alive. */
const place = document.querySelector('#form');
const slug = /^\/f\/([\w-]+)$/.exec(window.location.pathname)?.[1];
if (place && slug && place.querySelector('form.public')) {
  const form = await loadForm(slug);
  if (form) {
    const language = document.documentElement.lang === 'en' ? 'en' : 'zh-CN';
    await Promise.all([speak(language, fillMessages), loadCheckToolsFor(form.fields)]);
    const app = createApp(FillApp, { slug, form });
    app.use(createPinia());
    installApi(app);
    app.mount(place);
  }
}
