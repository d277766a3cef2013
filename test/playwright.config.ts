import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'journeys',
  testMatch: '*.journey.ts',
  // For every change the main roads are walked once, by mouse in Chinese or by keyboard alone in English.
  ...(!process.env.FULL_PROOFS && {
    grep: /zh-CN|by keyboard/,
    grepInvert:
      /by mouse|demo data|value of every type|hidden from a role|what customers did|an event is defined|on a phone|fields are made|kept are erased|consent gets|put back|a whole form|designed with mouse|public form is filled/,
  }),
  outputDir: 'results/journeys',
  // Side by side they would take longer than a step may: a browser, a server and its database keep two cores busy.
  workers: 1,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    // What fades in or out has no contrast to measure: journeys see the app as readers do who asked for less motion.
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 10_000,
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
