// The knobs of a run. Whatever turns one makes a trial of it: its figures are shown, and the published ones stay.
import { fail } from '../prepare.mjs'
import { SERVERS } from './servers.mjs'

const number = (name, otherwise) => {
  const value = Number(process.env[name] ?? otherwise)
  if (!(value > 0)) fail(`${name} has to be a number above 0.`)
  return value
}

export const ROUNDS = number('ROUNDS', 3)
/** Length of a window in which people type. */
export const SECONDS = number('SECONDS', 3)
const only = process.env.ONLY?.split(',')
export const isWanted = (server) => !only || only.includes(server)
const variants = process.env.VARIANTS?.split(',')
export const isWantedVariant = (key) => !variants || variants.includes(key)

export const isTrial =
  process.env.TRIAL === '1' ||
  process.env.PROFILE === '1' ||
  ROUNDS < 3 ||
  SECONDS < 3 ||
  only !== undefined ||
  variants !== undefined

for (const name of only ?? [])
  if (!SERVERS.includes(name)) fail(`ONLY knows ${SERVERS.join(', ')}; ${name} is none of them.`)
