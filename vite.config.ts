import { vitePlugin as remix } from '@remix-run/dev';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import remixConfig from './remix.config.js';

export default defineConfig({
  plugins: [tailwindcss(), remix(remixConfig)],
  build: { sourcemap: false, target: 'es2022', assetsInlineLimit: 0 },
  server: { middlewareMode: true },
  // The server's own; its binary is nothing for a browser.
  optimizeDeps: { exclude: ['@node-rs/argon2'] },
});
