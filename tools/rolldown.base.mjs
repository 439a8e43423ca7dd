// One bundling for every app: `appBundle({ main: 'src/main.ts', … })` → dist/<name>.js, npm packages included.
export const appBundle = (input) => ({
  input,
  platform: 'node',
  tsconfig: 'tsconfig.json',
  resolve: { conditionNames: ['@crier/source', 'node'] },
  external: [
    /^@nestjs\/(microservices|websockets|platform-express)/,
    /^@fastify\/view/,
    'class-transformer/storage',
    /^swagger-ui-dist/,
  ],
  output: {
    dir: 'dist',
    format: 'esm',
    sourcemap: true,
    keepNames: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  },
});
