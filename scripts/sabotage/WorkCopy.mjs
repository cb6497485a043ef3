import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** A planted bug that cannot be planted: the product has changed under it. */
export class MisfitPlant extends Error {}

/** A copy of the work tree in a folder of its own, where bugs may be planted. */
export class WorkCopy {
  /** @param root of the checkout; files that git ignores are left out, node_modules is shared */
  constructor(root) {
    this.folder = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'nhat-tri-sabotage-'))
    const listed = spawnSync(
      'git',
      ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
      { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    )
    if (listed.status !== 0) throw new Error(`git ls-files: ${listed.error ?? listed.stderr}`)
    for (const file of listed.stdout.split('\0')) {
      const from = path.join(root, file)
      if (file === '' || file === 'node_modules' || !existsSync(from)) continue
      mkdirSync(path.dirname(this.at(file)), { recursive: true })
      copyFileSync(from, this.at(file))
    }
    symlinkSync(realpathSync(path.join(root, 'node_modules')), this.at('node_modules'))
  }

  at(file) {
    return path.join(this.folder, file)
  }

  /**
   * @param plant of plants.mjs
   * @returns takes it out again
   * @throws {MisfitPlant} when one of its texts is not there exactly once; nothing is planted then
   */
  plant({ name, edits }) {
    const sound = new Map()
    const takeOut = () => {
      for (const [place, text] of sound) writeFileSync(place, text)
    }
    for (const { file, find, replace } of edits) {
      const place = this.at(file)
      const text = existsSync(place) ? readFileSync(place, 'utf8') : ''
      const times = text.split(find).length - 1
      if (times !== 1) {
        takeOut()
        throw new MisfitPlant(`${name}: its text occurs ${times} times in ${file}, not once`)
      }
      if (!sound.has(place)) sound.set(place, text)
      // A function, so that no sign in it means anything.
      const planted = text.replace(find, () => replace)
      writeFileSync(place, planted)
    }
    return takeOut
  }

  /**
   * Most suites run from the source and need no build, which takes longer than they do. What another suite has built
   * goes: threads would start from it, without the bug that is planted now, or with the one before.
   */
  calledBuilt() {
    const note = `import('./scripts/prepare.mjs').then(({ sourceHash }) => process.stdout.write(sourceHash()))`
    const hash = spawnSync(process.execPath, ['-e', note], { cwd: this.folder, encoding: 'utf8' })
    if (hash.status !== 0) throw new Error(hash.stderr)
    rmSync(this.at('dist'), { recursive: true, force: true })
    mkdirSync(this.at('dist'))
    writeFileSync(this.at('dist/.built-from'), hash.stdout)
  }

  /** What is there is not of these sources: whoever needs it builds it. */
  calledUnbuilt() {
    rmSync(this.at('dist/.built-from'), { force: true })
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
