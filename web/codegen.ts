import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../server/schema.graphql',
  documents: 'src/**/*.graphql',
  generates: {
    'src/api/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        // Operations stay text: a parsed tree of each would be many times as large to load.
        documentMode: 'string',
        enumsAsTypes: true,
        strictScalars: true,
        useTypeImports: true,
        scalars: { JSON: '@kequn/rules#Json', Rule: '@kequn/rules#Rule', DateTime: 'string', ID: 'string' },
      },
    },
  },
};

export default config;
