import { builtinModules } from 'node:module';
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions } from 'vite';
import manifest from './package.json' with { type: 'json' };

/*
 * One configuration, three environments: the renderer's pages, the main side for both hosts (Electron's Node can't run
 * TypeScript, and a till has no use for a compiler in its memory) and the preloads, which have to be CommonJS in a sandboxed window.
 */
const root = fileURLToPath(new URL('.', import.meta.url));
const external = [
  /^node:/,
  'electron',
  ...builtinModules,
  ...Object.keys(manifest.dependencies).flatMap((name) => [name, new RegExp(`^${name}/`)]),
];

/** The module tree is kept, so that workers and words find their files beside each other as they do in the source. */
const main: EnvironmentOptions = {
  consumer: 'server',
  resolve: { noExternal: [], external: true },
  build: {
    outDir: `${root}dist/main`,
    copyPublicDir: false,
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rollupOptions: {
      input: Object.fromEntries(
        ['src-main/hosts/electron/early.ts', 'src-main/hosts/browser/entry.ts', ...globSync('src-main/**/*-worker.ts', { cwd: root })].map((file) => [
          file.replace(/^src-main\//, '').replace(/\.ts$/, ''),
          `${root}${file}`,
        ]),
      ),
      external,
      output: { format: 'es', preserveModules: true, preserveModulesRoot: `${root}src-main`, entryFileNames: '[name].js' },
    },
  },
};

const preload: EnvironmentOptions = {
  consumer: 'server',
  build: {
    outDir: `${root}dist/preload`,
    copyPublicDir: false,
    emptyOutDir: true,
    minify: false,
    rollupOptions: {
      input: {
        cashier: `${root}src-preload/cashier.ts`,
        customer: `${root}src-preload/customer.ts`,
        // Not a window's preload but Electron's own: see the file.
        scheme: `${root}src-main/hosts/electron/scheme.ts`,
      },
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: '[name].cjs' },
    },
  },
};

export default defineConfig({
  root: `${root}src-renderer`,
  publicDir: `${root}assets`,
  plugins: [react()],
  base: './',
  environments: {
    client: {
      build: {
        outDir: `${root}dist/renderer`,
        emptyOutDir: true,
        target: 'chrome130',
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
        rollupOptions: {
          input: { cashier: `${root}src-renderer/cashier.html`, customer: `${root}src-renderer/customer.html`, pair: `${root}src-renderer/pair.html` },
        },
      },
    },
    main,
    preload,
  },
  builder: {
    async buildApp(builder) {
      const wanted = process.env['KASSA_BUILD']?.split(',') ?? Object.keys(builder.environments);
      for (const name of wanted) {
        const environment = builder.environments[name];
        // The dev server's own environment is no product of ours.
        if (environment && name !== 'ssr') await builder.build(environment);
      }
    },
  },
});
