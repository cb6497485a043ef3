// Plants small bugs in a copy of the product, one at a time, and asks of each whether a suite finds it.
//   npm run sabotage                      all of them, and writes the table in docs/testing.md
//   npm run sabotage -- <names>           these alone
//   npm run sabotage -- --planted-only    without looking first whether the suites pass as they are
//   npm run sabotage -- --list            their names
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { install, ROOT, requireNode } from './prepare.mjs'
import { PLANTS } from './sabotage/plants.mjs'
import { endAll, runSuite, suiteKey, suiteOf } from './sabotage/runSuite.mjs'
import { MisfitPlant, WorkCopy } from './sabotage/WorkCopy.mjs'
import { writeTable } from './sabotage/writeTable.mjs'

const options = process.argv.slice(2).filter((word) => word.startsWith('--'))
const names = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const plants = names.length === 0 ? PLANTS : PLANTS.filter(({ name }) => names.includes(name))
for (const name of names)
  if (!PLANTS.some((plant) => plant.name === name)) throw new Error(`no plant ${name}`)

if (options.includes('--list')) for (const { name, why } of plants) console.log(`${name}: ${why}`)
else await sabotage()

async function sabotage() {
  requireNode()
  await install()
  const copy = new WorkCopy(ROOT)
  const leave = () => {
    endAll()
    copy.remove()
  }
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      leave()
      process.exit(1)
    })
  try {
    if (!(await isSound(copy))) {
      process.exitCode = 1
      return
    }
    const found = new Map()
    for (const plant of plants) {
      found.set(plant.name, await lookFor(copy, plant))
      writeTable(path.join(ROOT, 'docs/testing.md'), PLANTS, found)
    }
    const missed = [...found].filter(([, by]) => by === null).map(([name]) => name)
    console.log(`${found.size - missed.length} of ${found.size} planted bugs found`)
    if (missed.length === 0) return
    console.log(`found by no suite: ${missed.join(', ')}`)
    process.exitCode = 1
  } finally {
    leave()
  }
}

/** A bug that does not fit, or does not compile, proves nothing; nor does a suite that fails without it. */
async function isSound(copy) {
  typeCheck(copy)
  if (options.includes('--planted-only')) return true
  const suites = new Map(plants.flatMap((plant) => plant.suites).map((one) => [suiteKey(one), one]))
  let sound = true
  for (const [key, named] of suites) {
    const { passed, failed, trouble } = await runSuite(copy, named)
    if (!failed && !trouble && passed > 0) continue
    sound = false
    console.log(
      `fails without any bug: ${key}: ${failed?.title ?? trouble ?? 'no such test, or skipped here'}`,
    )
  }
  return sound
}

/** All at once, where they don't meet: each replaces other words. */
function typeCheck(copy) {
  let rest = plants
  while (rest.length > 0) {
    const later = []
    const takeOut = []
    for (const plant of rest) {
      try {
        takeOut.push(copy.plant(plant))
      } catch (cause) {
        if (!(cause instanceof MisfitPlant) || takeOut.length === 0) throw cause
        later.push(plant)
      }
    }
    const args = ['node_modules/typescript/bin/tsc', '--noEmit', '--pretty', 'false']
    const loosely = ['--noUnusedLocals', 'false', '--noUnusedParameters', 'false']
    const { status, stdout } = spawnSync(process.execPath, [...args, ...loosely], {
      cwd: copy.folder,
      encoding: 'utf8',
    })
    for (const back of takeOut.reverse()) back()
    if (status !== 0) throw new Error(`a planted bug breaks the types:\n${stdout}`)
    rest = later
  }
}

/** @returns the test that found it, or null */
async function lookFor(copy, plant) {
  const started = Date.now()
  const takeOut = copy.plant(plant)
  try {
    for (const named of plant.suites) {
      const { failed, trouble } = await runSuite(copy, named)
      const seconds = Math.round((Date.now() - started) / 1000)
      const [file] = suiteOf(named)
      if (failed) {
        console.log(`${plant.name}: found by ${file}: ${failed.title} (${seconds} s)`)
        console.log(`    ${failed.why}`)
        return { file, title: failed.title }
      }
      console.log(`${plant.name}: not found by ${suiteKey(named)} (${seconds} s) ${trouble ?? ''}`)
    }
    return null
  } finally {
    takeOut()
  }
}
