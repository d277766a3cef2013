import { createRouter, createWebHistory, type Router, type RouteRecordRaw } from 'vue-router';
import { useSession } from '../session/session.ts';

const routes: RouteRecordRaw[] = [
  { path: '/login', name: 'login', component: () => import('../session/LoginPage.vue'), meta: { open: true } },
  {
    path: '/',
    component: () => import('./AppShell.vue'),
    children: [
      { path: '', redirect: { name: 'customers' } },
      { path: 'customers', name: 'customers', component: () => import('../customers/CustomersPage.vue') },
      {
        path: 'customers/duplicates',
        name: 'duplicates',
        component: () => import('../customers/DuplicatesPage.vue'),
      },
      { path: 'customers/new', name: 'customer-new', component: () => import('../customers/CustomerPage.vue') },
      {
        path: 'customers/:id',
        name: 'customer',
        component: () => import('../customers/CustomerPage.vue'),
        props: true,
      },
      { path: 'segments', name: 'segments', component: () => import('../segments/SegmentsPage.vue') },
      { path: 'segments/new', name: 'segment-new', component: () => import('../segments/SegmentPage.vue') },
      { path: 'segments/:id', name: 'segment', component: () => import('../segments/SegmentPage.vue'), props: true },
      { path: 'forms', name: 'forms', component: () => import('../forms/FormsPage.vue') },
      { path: 'forms/:id', name: 'form', component: () => import('../forms/FormPage.vue'), props: true },
      { path: 'templates', name: 'templates', component: () => import('../templates/TemplatesPage.vue') },
      {
        path: 'forms/:id/answers',
        name: 'form-answers',
        component: () => import('../submissions/AnswersPage.vue'),
        props: true,
      },
      { path: 'reviews', name: 'reviews', component: () => import('../submissions/ReviewsPage.vue') },
      { path: 'fields', name: 'fields', component: () => import('../fields/FieldsPage.vue') },
      { path: 'event-types', name: 'event-types', component: () => import('../events/EventTypesPage.vue') },
      { path: 'access', name: 'access', component: () => import('../access/AccessPage.vue') },
      { path: 'users', name: 'users', component: () => import('../users/UsersPage.vue') },
      { path: 'privacy', name: 'privacy', component: () => import('../privacy/PrivacyPage.vue') },
      { path: 'audit', name: 'audit', component: () => import('../audit-log/AuditPage.vue') },
      { path: ':rest(.*)*', name: 'not-found', component: () => import('./NotFoundPage.vue') },
    ],
  },
];

/** The addresses of the app. All but the sign-in ask for somebody who is signed in, and are come back to after it. */
export function createAppRouter(): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes,
    // A list that is narrowed or ordered otherwise is the same page still.
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  });
  router.beforeEach((to) => {
    const signedIn = useSession().viewer !== undefined;
    if (!signedIn && !to.meta['open'])
      return { name: 'login', query: to.fullPath === '/' ? {} : { next: to.fullPath } };
    if (signedIn && to.name === 'login') return '/';
    return true;
  });
  return router;
}
