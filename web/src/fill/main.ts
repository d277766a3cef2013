import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { loadCheckToolsFor } from '../field-kit/check-tools.ts';
import { speak } from '../i18n/locale.ts';
import '../ui/base.css';
import '../ui/library.css';
import '../ui/theme.css';
import './fill.css';
import FillApp from './FillApp.vue';
import { fillMessages } from './messages.ts';
import { publicEditors, speaksForLibrary } from './public-editors.ts';
import { loadForm } from './public-form.ts';

/** The page is there without us, as whoever runs no scripts fills it; where it holds a form we do the same with its rules alive. */
const place = document.querySelector('#form');
const slug = /^\/f\/([\w-]+)$/.exec(window.location.pathname)?.[1];
if (place && slug && place.querySelector('form.public')) {
  const language = document.documentElement.lang === 'en' ? 'en' : 'zh-CN';
  const [form] = await Promise.all([loadForm(slug), speak(language, fillMessages)]);
  if (form) {
    const [editors] = await Promise.all([publicEditors(form.fields), loadCheckToolsFor(form.fields)]);
    const app = createApp(FillApp, { slug, form, editors });
    app.use(createPinia());
    if (speaksForLibrary(form.fields)) (await import('../i18n/library-messages.ts')).installLibraryMessages(app);
    app.mount(place);
  }
}
