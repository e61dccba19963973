/**
 * The Remix options; vite.config.ts hands them to Remix's Vite plugin.
 * Every v3 future flag is on, so that the move to React Router is a rename.
 * @type {import('@remix-run/dev').VitePluginConfig}
 */
export default {
  appDirectory: 'app',
  buildDirectory: 'build',
  future: {
    v3_fetcherPersist: true,
    v3_lazyRouteDiscovery: true,
    v3_relativeSplatPath: true,
    v3_singleFetch: true,
    v3_throwAbortReason: true,
    v3_routeConfig: false,
    unstable_optimizeDeps: false,
  },
  ignoredRouteFiles: ['**/*.test.*', '**/.*'],
};
