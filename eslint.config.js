import eslint from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Who may depend on whom: apps → adapters, channels, platform → contexts → contracts → kernel. */
const layers = {
  kernel: [],
  contracts: ['kernel'],
  connector: ['kernel', 'contracts'],
  context: ['kernel', 'contracts', 'connector', 'context'],
  channel: ['kernel', 'contracts', 'connector'],
  adapter: ['kernel', 'contracts', 'connector', 'context'],
  platform: ['kernel', 'contracts'],
  channels: ['kernel', 'contracts', 'connector', 'channel'],
  deployment: ['kernel', 'contracts', 'connector', 'context', 'adapter', 'platform'],
  dispatcher: ['kernel', 'contracts', 'connector', 'context', 'adapter', 'platform', 'deployment'],
  // Knows the others by the public API alone.
  console: [],
  app: [
    'kernel',
    'contracts',
    'connector',
    'context',
    'channel',
    'adapter',
    'platform',
    'deployment',
    'dispatcher',
    'channels',
    'app',
  ],
};

/** Contexts meet through contracts; delivery alone also looks at the audience (route, contacts). */
const contexts = {
  broadcast: [],
  audience: [],
  statistics: [],
  conversions: [],
  delivery: ['audience'],
};

const depConstraints = [
  ...Object.entries(layers).map(([layer, below]) => ({
    sourceTag: `layer:${layer}`,
    onlyDependOnLibsWithTags: below.map((name) => `layer:${name}`),
  })),
  ...Object.entries(contexts).map(([context, others]) => ({
    sourceTag: `context:${context}`,
    notDependOnLibsWithTags: Object.keys(contexts)
      .filter((name) => name !== context && !others.includes(name))
      .map((name) => `context:${name}`),
  })),
];

const domainBans = ['node:*', '@nestjs/*', 'undici', 'bottleneck', 'luxon', 'rxjs'];

export default tseslint.config(
  {
    ignores: [
      '**/dist',
      '**/coverage',
      '**/reports',
      '**/.nx',
      '**/*.mjs',
      '**/data',
      'apps/console/src/api/schema.ts',
    ],
  },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { allow: [String.raw`\.\./tools/.*`, String.raw`.*/tools/jest\.base\.ts`], depConstraints },
      ],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "ThrowStatement > NewExpression[callee.name='Error']",
          message: 'Throw an AppError with a code and a verdict, or use unreachable().',
        },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Read the environment in main.ts only.' },
      ],
      'no-console': 'error',
      complexity: ['warn', { max: 10, variant: 'modified' }],
      'max-depth': ['warn', 3],
      'max-lines': ['warn', { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['**/domain/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: domainBans, message: 'The domain is pure.' }] },
      ],
    },
  },
  {
    files: ['**/main.ts', '**/*.config.ts', 'tools/**', '**/test/**'],
    rules: { 'no-restricted-properties': 'off', 'no-console': 'off' },
  },
  {
    files: ['apps/console/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest']],
  },
  {
    files: ['**/*.spec.{ts,tsx}', '**/test/**', '**/*.suite.ts', '**/testing/**', 'tools/**'],
    rules: {
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': 'off',
      'max-lines': 'off',
    },
  },
  prettier,
);
