import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = import.meta.dirname

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
    rolldownOptions: { input: { index: join(here, 'index.html'), me: join(here, 'me.html') } },
  },
  server: {
    proxy: {
      '/api': 'http://127.0.0.1:8080',
      '/fhir': 'http://127.0.0.1:8080',
      '/oauth': 'http://127.0.0.1:8080',
    },
  },
})
