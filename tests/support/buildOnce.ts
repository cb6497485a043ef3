import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Browser journeys meet the built pages, so they are built first; nothing is done when they are current. */
export function setup(): void {
  execFileSync(
    process.execPath,
    [fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url))],
    {
      stdio: 'inherit',
      // Vitest's own would make React's development build, ten times slower and not what people get.
      env: { ...process.env, NODE_ENV: 'production' },
    },
  )
}
