import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** One copy of each: a second Yjs or ProseMirror breaks `instanceof` without a word (yjs#438). */
const ONE_COPY = [
  'yjs',
  'lib0',
  'y-protocols',
  'prosemirror-model',
  'prosemirror-state',
  'prosemirror-view',
  'prosemirror-transform',
  'react',
  'react-dom',
]

export default defineConfig(({ isSsrBuild }) => ({
  root: at('client'),
  plugins: [react()],
  resolve: { dedupe: ONE_COPY },
  build: isSsrBuild
    ? {
        outDir: at('dist/server'),
        emptyOutDir: true,
        target: 'node20',
        sourcemap: true,
        rollupOptions: {
          // Workers start from files of their own; all chunks share one folder so that startWorker finds them.
          input: {
            main: at('server/main.ts'),
            cli: at('server/cli.ts'),
            sqliteWriter: at('server/platform/sqliteWriter.ts'),
            compactWorker: at('server/sync/compactWorker.ts'),
            renderPdf: at('server/signing/renderPdf.ts'),
            verifyWorker: at('server/signing/verifyWorker.ts'),
          },
          output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      }
    : { outDir: at('dist/client'), emptyOutDir: true, target: 'es2022', sourcemap: false },
  test: {
    root: at('.'),
    // Tests wait for the disk, the network and timers as much as they compute: three on two cores leave nothing idle.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // Rules are pure: files need no world of their own, and loading one for each costs more than the tests.
          isolate: false,
          include: ['tests/*.test.ts', 'tests/shared/**/*.test.ts', 'tests/client/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          globalSetup: ['tests/support/buildOnce.ts'],
          setupFiles: ['tests/support/builtWorkers.ts'],
          // Each starts a server of its own, and they share its modules.
          isolate: false,
          include: ['tests/server/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          // Some spoil their own copy of Yjs or of the server's modules, so each file has one.
          name: 'sync',
          globalSetup: ['tests/support/buildOnce.ts'],
          setupFiles: ['tests/support/builtWorkers.ts'],
          include: ['tests/sync/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/journeys/**/*.test.ts'],
          globalSetup: ['tests/support/buildOnce.ts'],
          setupFiles: ['tests/support/builtWorkers.ts'],
          // Bounds for a loaded machine; every wait is for a fact and ends with it.
          testTimeout: 300_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
}))
