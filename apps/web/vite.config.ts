import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `vite dev` sends what is not a page. */
const api = { target: process.env.TAIKAI_API_URL ?? 'http://127.0.0.1:3000', changeOrigin: false }

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    // The content security policy allows fonts from files only, never as data: URLs.
    assetsInlineLimit: 0,
  },
  // The preflight's worker imports modules, some of which wait for their WebAssembly.
  worker: { format: 'es' },
  server: { proxy: { '/api': api } },
})
