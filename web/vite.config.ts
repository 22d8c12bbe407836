import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = import.meta.dirname

const libraries =
  /node_modules\/(react|react-dom|scheduler|@tanstack\/(query-core|react-query)|zod\/v4\/(core|mini))\//
const own =
  /(web\/src\/kernel\/(call|clock|concern|draft|kernel-words|kept|lazily|live|new-key|not-loaded|reached|refused|session-end|web-words|words)|api\/src\/kernel)\.ts$/
const components = /node_modules\/(antd|@ant-design|@rc-component|@emotion|dayjs|clsx)\//
const isBase = (id: string): boolean => libraries.test(id) || own.test(id)

/** Two pages: `/` for staff, `/me` for residents. While developing, `/api` and `/fhir` go to the running server. */
export default defineConfig({
  root: here,
  plugins: [react()],
  build: {
    outDir: join(here, 'dist'),
    emptyOutDir: true,
    target: ['chrome100', 'safari16'],
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: { index: join(here, 'index.html'), me: join(here, 'me.html') },
      // What both pages begin with comes in one file, and so do the components the frame of the staff's page is made of and
      // those that many of its pages share: on a weak line every file more is a way there and back.
      output: {
        codeSplitting: {
          groups: [
            { name: 'base', test: isBase },
            { name: 'frame', test: components, tags: ['$initial'] },
            { name: 'components', test: components, minShareCount: 6 },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': 'http://127.0.0.1:8080',
      '/fhir': 'http://127.0.0.1:8080',
      '/oauth': 'http://127.0.0.1:8080',
    },
  },
})
