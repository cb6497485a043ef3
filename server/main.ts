import { createApp } from './app.ts'
import { openPlatform } from './openPlatform.ts'
import { DEFAULT_DEMO_PASSWORD, isReachable, readConfig } from './platform/config.ts'
import { samplePasswordIs } from './sample/samplePassword.ts'
import { seedSample } from './sample/seedSample.ts'
import { serveBuiltClient, serveDevelopmentClient } from './serveClient.ts'

const DRAIN_MS = 8_000

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const { platform, close } = await openPlatform(config, () => process.exit(1))
  const { log } = platform
  if (config.demo) await seedSample(platform)
  const { read } = platform.database
  if (isReachable(config) && (await samplePasswordIs(read, DEFAULT_DEMO_PASSWORD)))
    throw new Error(
      'this data folder has the sample bloc with its public password; it may only be served on loopback',
    )
  const known = config.demo && (await samplePasswordIs(read, config.demoPassword))
  const development = process.argv.includes('--dev')
  const app = await createApp(platform, development ? serveDevelopmentClient : serveBuiltClient)
  const port = await app.listen()
  say(`listening on http://${config.host}:${port}`)
  greet(
    config.publicUrl ?? `http://localhost:${port}`,
    config.demo,
    known ? config.demoPassword : null,
  )

  let draining = false
  const drain = async () => {
    if (draining) return
    draining = true
    setTimeout(() => {
      log.error('drain.timed-out')
      process.exit(1)
    }, DRAIN_MS).unref()
    await app.close()
    await close()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      drain().catch((cause) => {
        log.fatal({ err: cause }, 'drain.failed')
        process.exit(1)
      })
    })
}

const say = (line: string) => process.stdout.write(`${line}\n`)

function greet(address: string, demo: boolean, password: string | null): void {
  say(`\nNhất Trí: ${address}`)
  if (!demo)
    say('DEMO=0: this version cannot set up a bloc of its own yet; an empty one has no accounts.')
  if (password === null) return
  say('Khối mẫu · sample bloc, tài khoản · accounts:')
  say('  vpdbqh.head (Trưởng khối · lead), snv.officer, stc.clerk, …')
  say('  <vpdbqh|snv|vpub|stc|stnmt|skhcn|skhdt>.<head|officer|clerk>, bantdkt.observer, operator')
  say(`  mật khẩu · password: ${password}\n`)
}

main().catch((cause: unknown) => {
  process.stderr.write(`nhat-tri: ${cause instanceof Error ? cause.message : String(cause)}\n`)
  if (cause instanceof Error && cause.cause) process.stderr.write(`  ${String(cause.cause)}\n`)
  process.exit(1)
})
