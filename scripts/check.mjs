import { check, install, requireNode } from './prepare.mjs'

requireNode()
await install()
await check('types', ['node_modules/typescript/bin/tsc', '--noEmit'])
await check('lint and format', ['node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '.'])
await check('unit suites', ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit'])
console.log('types, lint, format and unit suites: clean')
