// The Chromium in which pages are measured.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { fail, onPath, ROOT } from '../prepare.mjs'
import { pins } from './machine.mjs'

const CHROMIUM = ['chromium', 'chromium-headless-shell'].find(onPath)

/** A browser has more than one core to itself wherever people use one; the load beside it is small. */
export function startBrowser() {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
  if (!CHROMIUM) fail('the editor is measured in Chromium: apt-get install chromium')
  if (!pins) return chromium.launch({ executablePath: CHROMIUM, args })
  const wrapper = path.join(ROOT, '.cache/bench-chromium')
  mkdirSync(path.dirname(wrapper), { recursive: true })
  writeFileSync(wrapper, `#!/bin/sh\nexec taskset -c 0,1 ${CHROMIUM} "$@"\n`)
  chmodSync(wrapper, 0o755)
  return chromium.launch({ executablePath: wrapper, args })
}

export function cookieOf(cookie, url) {
  const [name, value] = cookie.split('=')
  return { name, value, url }
}
