import react from '@vitejs/plugin-react'
import { defineConfig, type HtmlTagDescriptor, type Plugin } from 'vite'

/** Where `vite dev` sends what is not a page. */
const api = { target: process.env.TAIKAI_API_URL ?? 'http://127.0.0.1:3000', changeOrigin: false }

/** The default language's texts, which the first page asks for only when its script runs. */
const firstTexts = '/src/i18n/ja.ts'

/** Has the browser fetch those texts beside the script. */
const preloadTexts: Plugin = {
  name: 'preload-texts',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle }): HtmlTagDescriptor[] {
      const chunk = Object.values(bundle ?? {}).find(
        (one) => one.type === 'chunk' && one.facadeModuleId?.endsWith(firstTexts) === true,
      )
      if (chunk === undefined) return []
      const attrs = { rel: 'modulepreload', crossorigin: true, href: `/${chunk.fileName}` }
      return [{ tag: 'link', attrs, injectTo: 'head' }]
    },
  },
}

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [react(), preloadTexts],
  build: isSsrBuild
    ? {
        target: 'node20',
        // Pages as the server writes them. Folders with a dot are not served.
        outDir: 'dist/.server',
        copyPublicDir: false,
        minify: false,
      }
    : {
        target: 'es2022',
        // The content security policy allows fonts from files only, never as data: URLs.
        assetsInlineLimit: 0,
        // Tells the server which files a page has.
        manifest: true,
        rolldownOptions: {
          output: {
            // One file instead of fifty: over plain http a browser fetches six at a time, and each round trip shows on a phone.
            codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] },
          },
        },
      },
  // What is installed beside the server has nothing of the pages.
  ...(isSsrBuild === true && {
    ssr: { noExternal: true as const },
    define: { 'process.env.NODE_ENV': '"production"' },
  }),
  // The preflight's worker imports modules, some of which wait for their WebAssembly.
  worker: { format: 'es' },
  server: { proxy: { '/api': api } },
}))
