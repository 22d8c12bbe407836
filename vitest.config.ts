import { existsSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const database = 'server/test/global-setup.ts'
const region = 'e2e/region.ts'
const never = ['**/node_modules/**', '**/dist/**']

// Three suites: `unit` is pure and instant, `api` goes through HTTP to a real PostgreSQL, `e2e` through a real browser.
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    passWithNoTests: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{api,server,web}/src/**/*.test.{ts,tsx}', 'checks/**/*.test.ts'],
          exclude: [...never, '**/*.api.test.ts'],
          testTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'api',
          include: ['server/src/**/*.api.test.ts', 'server/test/**/*.test.ts'],
          exclude: never,
          // A file takes two seconds to load the program; those of one worker share it.
          isolate: false,
          globalSetup: existsSync(database) ? [database] : [],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.spec.ts'],
          exclude: never,
          fileParallelism: false,
          globalSetup: existsSync(region) ? [region] : [],
          testTimeout: 300_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
